import { createOutbox } from './outbox.ts';
import { css } from './style.ts';

// The built file may not be larger than 4,096 bytes; test/browser/widget.test.ts weighs it.

type Signal = Readonly<Record<string, unknown>> & { readonly kind: string };
type Choice = readonly [text: string, label: string, signal: Signal];
type Field = readonly [label: string, control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement];

const { src, dataset } = document.currentScript as HTMLScriptElement;
const translations = JSON.parse(dataset.labels ?? '{}') as Record<string, string>;
const words = (text: string) => translations[text] ?? text;
const post = createOutbox(new URL('v1/feedback', src).href, dataset.key);

const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: object,
  ...children: (Node | string)[]
) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const attribute = (element: Element, name: string) => element.getAttribute(name) ?? undefined;

const button = (text: string, label: string, onclick: () => void) =>
  make('button', { title: words(label), ariaLabel: words(label), onclick }, text);

const select = (options: readonly string[]) =>
  make('select', {}, ...options.map((value) => make('option', { value }, words(value))));

const rate = 'Rate this response';

/**
 * `<quorate-feedback response="id of the response">`: thumbs with one click, and on demand stars, edit in place, flag,
 * comment, side-by-side choice and survey.
 */
class QuorateFeedback extends HTMLElement {
  #status = make('span', { role: 'status' });
  #panel = make('div', {});

  connectedCallback() {
    if (this.shadowRoot) return;
    const other = attribute(this, 'other');
    const target = document.getElementById(attribute(this, 'for') ?? '');
    const prefer = (label: string, preferred: string): Choice => [
      words(label),
      label,
      { kind: 'comparison', other: { response_id: other }, preferred },
    ];
    const controls: Record<string, () => HTMLElement> = {
      thumb: () =>
        this.#choices(rate, [
          ['👍', 'Good response', { kind: 'thumb', thumb: 'up' }],
          ['👎', 'Bad response', { kind: 'thumb', thumb: 'down' }],
        ]),
      stars: () =>
        this.#choices(
          rate,
          [1, 2, 3, 4, 5].map((stars) => [`${stars}★`, `${stars} of 5 stars`, { kind: 'stars', stars }]),
        ),
      comparison: () =>
        this.#choices('Which is better?', [
          prefer('First is better', 'this'),
          prefer('Equal', 'tie'),
          prefer('Second is better', 'other'),
        ]),
      edit: () => button('✎', 'Edit response', () => this.#edit(target!)),
      flag: () =>
        button('⚑', 'Report a problem', () => {
          const reason = select(['safety', 'accuracy', 'format', 'relevance', 'other']);
          const text = make('textarea', {});
          this.#ask(
            [
              ['Reason', reason],
              ['Comment', text],
            ],
            () => this.send({ kind: 'flag', flag: reason.value, comment: text.value || undefined }),
          );
        }),
      comment: () =>
        button('💬', 'Comment', () => {
          const text = make('textarea', { required: true });
          this.#ask([['Comment', text]], () => this.send({ kind: 'comment', comment: text.value }));
        }),
    };
    const root = this.attachShadow({ mode: 'open' });
    // a constructed sheet needs no 'unsafe-inline' of the page's policy
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    const asked = attribute(this, 'signals') ?? (other ? 'comparison' : 'thumb');
    root.append(...asked.split(' ').map((name) => controls[name]!()), this.#status, this.#panel);
  }

  /** Sends any signal about the response: what the buttons do, and the way for copy, retry, ranking and the like. */
  send(signal: Signal): void {
    this.#status.textContent = words('Thank you');
    post(
      {
        response_id: attribute(this, 'response'),
        author: attribute(this, 'author'),
        author_signature: attribute(this, 'author-signature'),
        ...signal,
      },
      () => {
        this.#status.textContent = words('This could not be saved');
      },
    );
  }

  /** Asks some questions: each by its id with its words, or with its words and the answers to choose from. */
  survey(questions: Readonly<Record<string, string | readonly [string, ...string[]]>>): void {
    const fields = Object.values(questions).map((question): Field => {
      const [label, ...options] = [question].flat();
      return [label as string, options[0] ? select(options as string[]) : make('input', {})];
    });
    this.#ask(fields, () =>
      this.send({
        kind: 'survey',
        answers: Object.fromEntries(Object.keys(questions).map((id, n) => [id, fields[n]![1].value])),
      }),
    );
  }

  /** Buttons of which one is pressed at a time; each press is an event. */
  #choices(label: string, choices: readonly Choice[]): HTMLElement {
    const buttons = choices.map(([text, name, signal]) => {
      const one = button(text, name, () => {
        for (const each of buttons) each.ariaPressed = `${each === one}`;
        this.send(signal);
      });
      one.ariaPressed = 'false';
      return one;
    });
    return make('span', { role: 'group', ariaLabel: words(label) }, ...buttons);
  }

  #edit(target: HTMLElement): void {
    const before = target.cloneNode(true);
    const mark = (contentEditable: string, role: string | null, ariaMultiLine = role, ariaLabel = role) =>
      Object.assign(target, { contentEditable, role, ariaMultiLine, ariaLabel });
    mark('true', 'textbox', 'true', words('Edit response'));
    this.#ask(
      [],
      () => {
        mark('inherit', null);
        // as it is seen, with its line breaks
        // biome-ignore lint/performance/useDomNodeTextContent: textContent has no line breaks between blocks
        this.send({ kind: 'correction', corrected: target.innerText });
      },
      () => {
        mark('inherit', null);
        target.replaceChildren(...before.childNodes);
      },
    );
    target.focus();
  }

  #ask(fields: readonly Field[], done: () => void, undo = () => {}): void {
    const opener = this.shadowRoot!.activeElement as HTMLElement | null;
    const close = (then: () => void) => {
      this.#panel.replaceChildren();
      opener?.focus();
      then();
    };
    const cancel = () => close(undo);
    this.#status.textContent = '';
    this.#panel.replaceChildren(
      make(
        'form',
        {
          onsubmit: (event: Event) => {
            event.preventDefault();
            close(done);
          },
          // no value: a handler that returns false would swallow the key
          onkeydown: (event: KeyboardEvent) => {
            if (event.key === 'Escape') cancel();
          },
        },
        ...fields.map(([label, control]) => make('label', {}, words(label), control)),
        make('button', {}, words('Send')),
        make('button', { type: 'button', onclick: cancel }, words('Cancel')),
      ),
    );
    fields[0]?.[1].focus();
  }
}

// a page may load the file twice
customElements.get('quorate-feedback') ?? customElements.define('quorate-feedback', QuorateFeedback);
