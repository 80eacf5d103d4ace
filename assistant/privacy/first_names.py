"""First names that are common in the United States and no ordinary word of plan talk.

Left out on purpose, as they are words, months, places or laws too: will, mark, grace, hope, may, april, june, austin,
madison, jordan, grant, chase, drew, rose, angel, christian, dakota, virginia, charlotte, perkins, rosa. Those are masked
only after "my son", "her name is" and the like.
"""

FIRST_NAMES = frozenset(
    """
    aaliyah aaron abby abigail adam addison adrian aidan aiden alan alana albert alejandra alejandro alex alexa alexander
    alexandra alexis alice alicia alina alison allison alyssa amanda amber amelia amy ana andre andrea andrew andy angela
    angelina anita ann anna anne annie anthony antonio ariana arianna ariel asher ashley ashton audrey ava avery ayden
    bailey barbara beatriz becky bella ben benjamin beth bethany betty beverly bianca blake bobby brad braden brandon
    brayden brenda brendan brent brett brian brianna brittany brody brooke bruce bryan bryce caitlin caleb cameron camila
    carla carlos carmen carol caroline carolyn carter casey catherine cathy cedric cesar chad charles chelsea cheryl
    chloe chris christina christine christopher cindy claire clara cody colin colton connie connor cooper corey cory
    courtney craig cristian crystal curtis cynthia daisy damian damien dana daniel daniela danielle danny darius darren
    dave david dawson dean deborah debra declan delaney denise dennis derek desiree destiny devin devon diana diane diego
    dominic donald donna doris dorothy doug douglas dustin dwayne dylan easton eddie edgar eduardo edward edwin elaine
    eleanor elena eli elias elijah elise elizabeth ella ellen ellie emily emma emmanuel enrique eric erica erik erin
    ernest esmeralda esteban esther ethan eugene eva evan evelyn everett ezekiel ezra felix fernando finn fiona
    fatima frances francisco frank frankie gabriel gabriela gabriella gabrielle garrett gary gavin gene genesis geoff
    george gerald gianna gilbert gina giovanni giselle glenn gloria gordon greg gregory gustavo gwen hailey haley hannah
    harold harper harrison harry hazel heather hector heidi helen henry holly hudson hugo hunter ian imani irene iris isaac
    isabel isabella isabelle isaiah ivan izaiah jace jackie jacob jacqueline jada jade jaden jaiden jake jamal james jamie
    jan jane janet janice jared jasmin jasmine jason javier jax jaxon jaxson jay jayden jayla jaylen jazmin jeff jeffrey
    jen jenna jennifer jenny jeremiah jeremy jerome jerry jesse jessica jesus jill jillian jim jimmy joan joann joanna
    joaquin joe joel joey johanna john johnny jon jonah jonathan jorge jose joseph josephine josh joshua josiah josue
    joyce juan juanita judith judy julia julian juliana julie juliet julio justin kai kaitlyn kaleb karen karina karl kate
    katelyn katherine kathleen kathryn kathy katie kayden kayla kaylee keisha keith kelly kelsey ken kendra kenneth kenny
    kevin khalil kim kimberly kristen kristin kristina kristy kyle kylie kyra lakeisha landon larry latasha latoya laura
    lauren laurie layla leah lebron leo leon leonard leonardo leslie levi liam lila lillian lily linda lindsay lindsey
    lisa logan lorenzo lori lorraine louis louise luca lucas lucia lucy luis luke luna lydia lynn mackenzie makayla malik
    manuel marcia marco marcus margaret maria mariah mariana marie marilyn mario marisol marissa martha martin marvin
    mary mason mateo matt matthew maureen max maya mckenzie megan melanie melissa melvin mia micah michael michele
    michelle miguel mike mila miles mindy miranda miriam mohammed molly monica monique morgan muhammad mya myra nadia nancy naomi
    natalia natalie nate nathan nathaniel nevaeh nicholas nick nicole nina noah noelle nora norma oliver olivia omar oscar
    owen pamela paola parker patricia patrick patty paul paula pedro peggy penelope peter peyton phil philip phillip phyllis
    preston quentin quinn rachel rafael ralph ramon randy raquel raul ray raymond rebecca reese regina reginald renee
    ricardo richard rick ricky riley rita robert roberta roberto rodney roger roman ronald ronnie rosemary ross roy ruben
    ruby russell ruth ryan ryder rylee sabrina sadie sally sam samantha samuel sandra santiago sara sarah sasha saul
    sawyer scott sean sebastian serena sergio seth shane shania shanice shannon sharon shaun shawn sheila shelby shelly
    sherry shirley silas simon skylar sofia sonia sophia sophie stacey stacy stanley stella stephanie stephen steve steven
    stuart susan suzanne sydney sylvia tamara tammy tanisha tanya tara tasha taylor ted teresa terrance terrence terry theo
    theodore theresa thomas tiana tiffany tim timothy tina toby todd tom tommy toni tony tracey tracy travis trevon trevor
    trinity tristan troy tyler tyrone valentina valeria valerie vanessa veronica vicki vicky victor victoria vincent
    wade walter wanda wayne wendy wesley willie willow wyatt xander xavier ximena yolanda yvette yvonne zach zachary zack zander zane
    zoe zoey
    """.split()
)
