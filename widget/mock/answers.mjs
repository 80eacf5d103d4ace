/** Canned replies, one for each shape a reply can have. They show the widget; they are no advice. */

const IDEA = { title: 'Deadline for the first evaluation', url: 'https://www.ecfr.gov/current/title-34/section-300.301', cite: '34 CFR 300.301(c)(1)' };
const FAPE = { title: 'Free appropriate public education under Section 504', url: 'https://www.ecfr.gov/current/title-34/section-104.33', cite: '34 CFR 104.33' };
const SEED = { title: 'Questions about a 504 plan: the principal', url: 'https://www.ed.gov/laws-and-policy/civil-rights-laws', cite: 'U.S. Department of Education, Office for Civil Rights' };

const buttons = (...titles) => titles.map((title) => ({ title, choice: `choice:${title}` }));
const about = (intent, plan = 'either') => ({ intent, plan, reviewed: '2026-11-02' });

const STEPS = `1. Note each day something was missed. A list with dates is enough.
2. Tell the teacher first if you can. Some teachers have never been shown the plan.
3. Email the principal. Ask for an answer within five school days.
4. No answer? Write to the district’s 504 coordinator.
5. Still nothing? You can file a civil rights complaint within 180 days. See [how to file](https://www.ed.gov/laws-and-policy/civil-rights-laws/file-complaint).`;

export const GREETING = [
  {
    text: 'Hello. I answer parents’ questions about **504 plans** and **IEPs**, and tell you whom to call at school.\n\nI am an automated assistant, not a lawyer. What is on your mind?',
    outcome: 'asked',
    buttons: buttons('What is the difference?', 'The school is not following the plan', 'We have no plan yet', 'Talk to a person'),
  },
];

const CANNED = [
  [/difference/i, () => [{
    text: 'A **504 plan** removes barriers in the regular classroom. An **IEP** adds special teaching made for your child, with yearly goals.',
    answer: about('ask_difference'),
    sources: [FAPE, IDEA],
    card: {
      kind: 'compare',
      columns: [
        { title: '504 plan', points: ['Changes how a child learns: extra time, breaks, seating', 'For any disability that limits a major life activity', 'Run by the school, often by the 504 coordinator', 'No federal rule about what must be written down'] },
        { title: 'IEP', points: ['Changes what is taught: special teaching and services', 'For 13 kinds of disability that affect learning', 'Run by a team that includes you', 'A written plan with goals, checked once a year'] },
      ],
    },
    buttons: buttons('Which one is better for ADHD?', 'How do I ask for one?', 'Whom do I call?'),
  }]],
  [/following/i, () => [{
    text: `The school has to follow a 504 plan or an IEP. Put it in an email tonight: what was missed and when. For a 504 plan, write to the principal. For an IEP, write to the special education case manager.

${STEPS}`,
    more: STEPS,
    answer: about('ask_not_followed'),
    sources: [FAPE, SEED],
  }, { text: 'Which one does your child have?', outcome: 'clarify', buttons: buttons('504 plan', 'IEP', 'No plan yet', 'Not sure') }]],
  [/whom|who do i|504 plan$/i, () => [{
    text: 'For a 504 plan, the **principal** is the right person to write to first.',
    answer: about('route_504', '504'),
    sources: [SEED],
    card: {
      kind: 'contact',
      role: 'The school principal',
      how: 'Email is best, because it has a date on it. The address is on the school’s website, or call the front office.',
      say: 'My child has a 504 plan. On November 12 and 18 the extra time was not given. How will this be fixed, and by when?',
    },
    buttons: buttons('What if nobody answers?', 'Talk to a person'),
  }]],
  [/person|someone/i, () => [{
    text: 'You can talk to Pat, an advocate, for 30 minutes. It is free. When suits you? Times are **Pacific time**.',
    outcome: 'booking',
    buttons: buttons('Tue, Dec 1, 3:00 PM', 'Tue, Dec 1, 3:30 PM', 'Wed, Dec 2, 10:00 AM', 'Other times'),
  }]],
  [/\d:\d\d/, () => [{
    text: 'Done. Pat will call you at (555) 010-0199. An invitation is on its way to sam@example.org.',
    outcome: 'booking',
    card: { kind: 'booking', when: 'Tue, Dec 1, 3:00 PM Pacific time', ics: '/v1/bookings/demo/invitation.ics' },
    buttons: buttons('Move the call', 'Cancel the call'),
  }]],
  [/hurt|suicid|die/i, () => [{
    text: 'I am glad you told me. This matters more than any plan.\n\n- Call or text [988](tel:988), day and night. It is free.\n- In danger right now: call [911](tel:911).\n- If someone hurts a child: [1-800-422-4453](tel:18004224453).',
    outcome: 'crisis',
  }]],
  [/529|401k|weather/i, () => [{ text: 'That is outside what I know. I answer questions about 504 plans and IEPs.', outcome: 'out_of_scope', buttons: buttons('What is a 504 plan?', 'Talk to a person') }]],
  [/^oops/i, () => [{ text: 'I could not look that up just now. Nothing you wrote is lost. Please try again in a few minutes, or call [555-010-0142](tel:5550100142).', outcome: 'error' }]],
  [/long/i, () => [{ text: Array.from({ length: 12 }, (_, at) => `Paragraph ${at + 1}. The school has 60 days to evaluate once you sign consent, unless your state sets its own limit.`).join('\n\n'), answer: about('ask_timeline', 'iep'), sources: [IDEA] }]],
];

export function answer(words) {
  for (const [pattern, replies] of CANNED) if (pattern.test(words)) return replies();
  return [{ text: 'Which of these is closest to what you mean?', outcome: 'clarify', buttons: buttons('How long does the school have to test my child?', 'The school said no to an evaluation', 'My child is being suspended', 'None of these') }];
}
