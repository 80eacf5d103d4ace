/**
 * An element that draws itself with lit-html: asked any number of times, it draws once, before the next frame.
 *
 * LitElement does this too, and beside it properties that draw by themselves. This widget has none, and they are a twelfth of its bytes.
 */
import { render, type TemplateResult } from 'lit/html.js';

export abstract class Drawn extends HTMLElement {
  hasUpdated = false;
  private drawing: Promise<void> | undefined;

  get renderRoot(): ShadowRoot {
    return this.shadowRoot ?? this.attachShadow({ mode: 'open' });
  }

  /** Kept when everything that was asked for is drawn. */
  get updateComplete(): Promise<void> {
    return this.drawing ?? Promise.resolve();
  }

  connectedCallback(): void {
    this.requestUpdate();
  }

  requestUpdate(): void {
    if (!this.hasUpdated && !this.isConnected) return; // there is nothing yet to draw into
    this.drawing ??= Promise.resolve().then(() => {
      this.drawing = undefined;
      render(this.render(), this.renderRoot);
      const first = !this.hasUpdated;
      this.hasUpdated = true;
      this.updated(first);
    });
  }

  protected abstract render(): TemplateResult;

  /** Runs after each drawing. */
  protected abstract updated(first: boolean): void;
}
