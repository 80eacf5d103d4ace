/** The script tag: defines the element and puts one on the page, unless the page has placed its own. */
import { WhichPlan } from './element';

const NAME = 'which-plan';

function mount(): void {
  if (!document.querySelector(NAME)) document.body.append(document.createElement(NAME));
}

// A page that carries the tag twice, or loads its scripts anew as it goes, still gets one chat.
if (!customElements.get(NAME)) {
  customElements.define(NAME, WhichPlan);
  if (document.body) mount();
  else addEventListener('DOMContentLoaded', mount);
}
