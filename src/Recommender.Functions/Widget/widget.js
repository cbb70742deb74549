/* <more-stories>: related stories at the end of a page. Attributes, parts and custom properties: see the README. */
(() => {
  'use strict';
  const script = (document.currentScript || document.querySelector('script[src*="/widget.js"]'))?.src || document.baseURI;

  // The text's height is reserved before there is any, so that nothing on the page moves when it comes.
  const css = `
:host{display:block}
:host([hidden]),[hidden]{display:none!important}
section{container-type:inline-size;line-height:1.4;
--title:var(--more-stories-title-size,1.15em);--dek:var(--more-stories-dek-size,.92em);--date:var(--more-stories-date-size,.82em);
--faint:color-mix(in srgb,currentColor 12%,transparent);--dek-lines:var(--more-stories-dek-lines,3);--title-lines:3}
[part=heading]{margin:0 0 .8em;font-family:var(--more-stories-heading-family,inherit);font-size:var(--more-stories-heading-size,1.4em);font-weight:var(--more-stories-heading-weight,700);line-height:1.2}
ol{display:grid;gap:var(--more-stories-gap,1.4em);margin:0;padding:0;list-style:none}
li{min-width:0;break-inside:avoid}
article{display:flex;gap:1em}
[part=image-link]{flex:0 0 clamp(5.5rem,30%,15rem);align-self:start;aspect-ratio:var(--more-stories-image-ratio,16/9);overflow:hidden;background:var(--faint);border-radius:var(--more-stories-image-radius,0)}
img{display:block;width:100%;height:100%;object-fit:cover}
[part=text]{flex:1;min-width:0;overflow-wrap:break-word;
min-height:calc(var(--title)*1.25*var(--title-lines) + var(--dek)*1.45*var(--dek-lines) + var(--date)*1.5 + .55em)}
[part=title]{margin:0;font-size:var(--title);font-family:var(--more-stories-title-family,inherit);font-weight:var(--more-stories-title-weight,700);line-height:1.25}
[part=link]{color:var(--more-stories-link-color,inherit);text-decoration:none}
[part=link]:hover,article:has([part=image-link]:hover) [part=link]{text-decoration:underline;text-decoration-thickness:.07em;text-underline-offset:.15em}
a:focus-visible{outline:2px solid var(--more-stories-focus-color,currentColor);outline-offset:3px}
[part=dek]{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:var(--dek-lines);overflow:hidden;margin:.25em 0 0;font-size:var(--dek);line-height:1.45}
[part=date]{display:block;margin-top:.3em;font-size:var(--date);line-height:1.5}
[part=dek],[part=date]{color:var(--more-stories-muted-color,color-mix(in srgb,currentColor 78%,transparent))}
.ghost [part=heading]{width:9em;height:1.2em;background:var(--faint)}
.ghost [part=text]{background:linear-gradient(var(--faint),var(--faint)) 0 .2em/85% 1em no-repeat}
@container (min-width:34rem){ol{--title-lines:2}}
@container (min-width:34rem){
.grid{grid-template-columns:1fr 1fr;--title-lines:3;--dek-lines:var(--more-stories-dek-lines,4)}
.grid article{flex-direction:column;gap:.6em}
.grid [part=image-link]{flex:none;align-self:stretch}}
@container (min-width:58rem){.grid{grid-template-columns:repeat(var(--more-stories-columns,4),1fr)}}
@media (prefers-reduced-motion:no-preference){.ghost{animation:ghost 1.6s ease-in-out infinite alternate}}
@keyframes ghost{to{opacity:.45}}
@media print{.ghost{display:none}}`;
  let sheet;

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value != null) element.setAttribute(key, value);
    }
    element.append(...children.filter(Boolean));
    return element;
  };

  const web = (address) => {
    try {
      const url = new URL(address, document.baseURI);
      return /^https?:$/.test(url.protocol) ? url : null;
    } catch {
      return null;
    }
  };

  const primary = (tag) => (tag || '').toLowerCase().split(/[-_]/)[0];

  class MoreStories extends HTMLElement {
    static observedAttributes = ['src', 'api', 'site', 'url', 'article-id', 'count', 'exclude', 'exclude-from', 'heading',
      'heading-level', 'layout', 'link-base', 'lang', 'time-zone'];

    #list = make('section', { part: 'section' });
    #slot = make('slot', {});
    #planned = false;
    #request;
    #wanted;
    #data;

    constructor() {
      super();
      const root = this.attachShadow({ mode: 'open' });
      sheet ||= new CSSStyleSheet();
      if (!sheet.cssRules.length) sheet.replaceSync(css);
      root.adoptedStyleSheets = [sheet];
      this.#slot.addEventListener('slotchange', () => this.#data || this.#wait());
      root.append(this.#list, this.#slot);
    }

    connectedCallback() {
      if (!this.#data) this.#wait();
      this.#plan();
    }

    disconnectedCallback() {
      this.#request?.abort();
      if (!this.#data) this.#wanted = undefined;
    }

    attributeChangedCallback(name, before, after) {
      if (before !== after && this.isConnected) this.#plan();
    }

    // Several attributes set in a row ask once. What is to be excluded must have been parsed first.
    #plan() {
      if (this.#planned) return;
      this.#planned = true;
      const go = () => {
        this.#planned = false;
        if (this.isConnected) this.#load();
      };
      if (document.readyState === 'loading' && this.hasAttribute('exclude-from')) {
        document.addEventListener('DOMContentLoaded', go, { once: true });
      } else {
        queueMicrotask(go);
      }
    }

    #text(name) {
      return this.getAttribute(name)?.trim() || undefined;
    }

    #address() {
      const api = new URL((this.#text('api') || '.').replace(/\/*$/, '/'), script);
      const address = this.#text('src') ? new URL(this.#text('src'), document.baseURI) : new URL('api/more-stories', api);
      const page = this.#text('url') || document.querySelector('link[rel~=canonical]')?.href || location.href.split('#')[0];
      const id = this.#text('article-id');
      const ask = (name, value) => value && address.searchParams.append(name, value);
      ask('site', this.#text('site'));
      ask('id', id);
      ask('url', id ? this.#text('url') : page);
      ask('count', this.#text('count'));
      ask('exclude', this.#text('exclude'));
      for (const link of this.#linksOnPage(page)) ask('exclude', link);
      return address.href;
    }

    #linksOnPage(page) {
      let links = [];
      try {
        links = [...document.querySelectorAll(this.#text('exclude-from') || 'none')].flatMap((part) => [...part.querySelectorAll('a[href]')]);
      } catch { /* not a selector: nothing is excluded by it */ }
      const base = this.#text('link-base') && web(this.#text('link-base').replace(/\/*$/, '/'))?.href;
      return [...new Set(links.filter((link) => !this.contains(link) && web(link.href)).map((link) => {
        const href = link.href.split('#')[0];
        return base && href.startsWith(base) && web(page) ? new URL(href.slice(base.length - 1), page).href : href;
      }))].filter((href) => href !== page).slice(0, 40);
    }

    async #load() {
      let address;
      try {
        address = this.#address();
        if (address === this.#wanted) {
          if (this.#data) this.#show();
          return;
        }
        this.#wanted = address;
        this.#request?.abort();
        const { signal } = this.#request = new AbortController();
        const answer = await fetch(address, { signal, credentials: 'omit', headers: { accept: 'application/json' } });
        if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`.trim());
        const data = await answer.json();
        if (signal.aborted) return;
        this.#data = data;
        this.#show();
        this.#tell('loaded', data);
      } catch (error) {
        if (error.name === 'AbortError') return;
        this.#data = this.#wanted = undefined;
        this.#clear('failed');
        this.#tell('failed', { error });
      }
    }

    #tell(name, detail) {
      this.dispatchEvent(new CustomEvent(`more-stories:${name}`, { detail, bubbles: true, composed: true }));
    }

    #state(state) {
      this.dataset.state = state;
    }

    // While waiting: what the page put inside, or the outline of a list.
    #wait() {
      const settled = ['failed', 'empty'].includes(this.dataset.state);
      if (settled || this.childElementCount) {
        this.#clear(settled ? this.dataset.state : 'loading');
        return;
      }
      const box = (part) => make('div', { part });
      const count = Math.min(Math.max(parseInt(this.#text('count'), 10) || 4, 1), 20);
      const rows = Array.from({ length: count }, () => make('li', {}, make('article', {}, box('image-link'), box('text'))));
      this.#list.replaceChildren(make('div', { class: 'ghost', 'aria-hidden': 'true' }, box('heading'), this.#ol(rows)));
      this.#list.removeAttribute('aria-labelledby');
      this.#list.hidden = false;
      this.#state('loading');
    }

    #clear(state) {
      this.#list.hidden = true;
      this.#list.replaceChildren();
      this.#slot.hidden = false;
      this.#state(state);
    }

    #ol(rows) {
      return make('ol', { part: 'list', role: 'list', class: this.#text('layout') === 'grid' ? 'grid' : 'rows' }, ...rows);
    }

    #show() {
      const { heading, items = [], language, state } = this.#data;
      const rows = items.filter((item) => web(item.url) && item.title);
      if (!rows.length) {
        this.#clear('empty');
        return;
      }
      const level = Math.min(Math.max(parseInt(this.#text('heading-level'), 10) || 2, 1), 5);
      const title = make(`h${level}`, { id: 'heading', part: 'heading' }, this.#text('heading') || heading || 'More Stories');
      this.#list.replaceChildren(title, this.#ol(rows.map((item) => make('li', { part: 'item' }, this.#story(item, level + 1, language)))));
      this.#list.setAttribute('aria-labelledby', 'heading');
      this.#list.hidden = false;
      this.#slot.hidden = true;
      this.#state(state || 'complete');
    }

    #story(item, level, language) {
      const link = web(item.url);
      const base = this.#text('link-base');
      const href = (base && web(base.replace(/\/*$/, '') + link.pathname + link.search + link.hash) || link).href;
      const { image } = item;
      const src = image?.url && web(image.url)?.href;
      const page = this.closest('[lang]')?.lang || language;
      const date = this.#date(item, page, language);
      return make('article', { part: 'story', lang: item.language && item.language !== page ? item.language : null },
        src && make('a', { part: 'image-link', href, tabindex: -1, 'aria-hidden': 'true' }, make('img', {
          part: 'image', alt: image.alt || '', width: image.width, height: image.height, loading: 'lazy', decoding: 'async', src })),
        make('div', { part: 'text' },
          make(`h${level}`, { part: 'title' }, make('a', { part: 'link', href, rel: 'bookmark' }, item.title)),
          item.dek && make('p', { part: 'dek' }, item.dek),
          date && make('time', { part: 'date', datetime: item.published, lang: page }, date)));
    }

    // The site wrote its dates in the page's language; for another language they are written here.
    #date({ date, published }, page, language) {
      if (date && primary(page) === primary(language)) return date;
      try {
        const zone = this.#text('time-zone');
        return new Intl.DateTimeFormat(page, { dateStyle: 'long', calendar: 'gregory', timeZone: zone }).format(new Date(published));
      } catch {
        return date;
      }
    }
  }

  if (!customElements.get('more-stories')) customElements.define('more-stories', MoreStories);
})();
