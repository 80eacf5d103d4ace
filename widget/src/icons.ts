import { svg, html, type SVGTemplateResult } from 'lit/html.js';

const icon = (shape: SVGTemplateResult) => html`<svg
  class="icon"
  viewBox="0 0 24 24"
  aria-hidden="true"
  focusable="false"
>
  ${shape}
</svg>`;

/** One path that forks: which plan? */
export const fork = icon(svg`<path d="M12 21v-5.5c0-4-6-3.5-6-8.5V4.5M12 15.5c0-4 6-3.5 6-8.5V4.5M3 7.2l3-3 3 3M15 7.2l3-3 3 3"/>`);
export const cross = icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`);
export const dots = icon(svg`<path class="dot" d="M5 12h.01M12 12h.01M19 12h.01"/>`);
export const arrow = icon(svg`<path d="M12 19.5v-15M5.5 11L12 4.5l6.5 6.5"/>`);
export const down = icon(svg`<path d="M12 5v14M6 13l6 6 6-6"/>`);
export const check = icon(svg`<path d="M5 12.5l4.5 4.5L19 7.5"/>`);
export const calendar = icon(svg`<path d="M5 6.5h14a1 1 0 011 1V19a1 1 0 01-1 1H5a1 1 0 01-1-1V7.5a1 1 0 011-1zM4 11h16M8.5 4v4M15.5 4v4"/>`);
export const letter = icon(svg`<path d="M4.5 6h15a1 1 0 011 1v10.5a1 1 0 01-1 1h-15a1 1 0 01-1-1V7a1 1 0 011-1zM4 7l8 6.5L20 7"/>`);
export const thumbUp = icon(svg`<path d="M7.5 20.5v-10M7.5 10.5L11 3.800c1.600 0 2.700 1.300 2.400 2.900l-.6 3.300h5.300c1.300 0 2.300 1.2 2 2.5l-1.300 6.300a2.100 2.100 0 01-2 1.700H4.5v-10h3"/>`);
export const thumbDown = icon(svg`<path d="M16.5 3.5v10M16.5 13.5L13 20.2c-1.600 0-2.700-1.300-2.400-2.900l.6-3.300H5.900c-1.300 0-2.300-1.2-2-2.5l1.300-6.300a2.100 2.100 0 012-1.700h12.300v10h-3"/>`);
export const sound = icon(svg`<path d="M4 9.500h3.500L12 5.500v13l-4.500-4H4zM15.500 9a4 4 0 010 6M18 6.500a8 8 0 010 11"/>`);
export const stop = icon(svg`<path d="M7 7h10v10H7z"/>`);
export const send = icon(svg`<path d="M12 15V3.500M8 7.500l4-4 4 4M7 11.500H5.500V20h13v-8.500H17"/>`);
export const chain = icon(svg`<path d="M10 14a4 4 0 005.700 0l3.200-3.200a4 4 0 00-5.700-5.700l-1.200 1.200M14 10a4 4 0 00-5.700 0l-3.200 3.200a4 4 0 005.700 5.700l1.200-1.200"/>`);
