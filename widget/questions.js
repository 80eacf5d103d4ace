/* "All questions": shows what is found while it is typed. Without this file the form does the same by its button. */
const field = document.querySelector('#q');
const found = document.querySelector('#found');
let timer;

field.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const words = field.value;
    const address = words ? `/q?q=${encodeURIComponent(words)}` : '/q';
    try {
      const answer = await fetch(address);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      if (field.value !== words) return;
      found.replaceChildren(...page.querySelector('#found').childNodes);
      history.replaceState(null, '', address);
    } catch {
      // The button still works.
    }
  }, 200);
});
