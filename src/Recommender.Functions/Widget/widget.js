/* <more-stories>: the list of related stories at the end of a page. It sets no cookies and keeps nothing. */
(() => {
  'use strict';
  const script = (document.currentScript || document.querySelector('script[src*="/widget.js"]'))?.src || document.baseURI;

  // The height of a list is reserved before there is one, so that nothing on the page moves when it comes.
  const css = `
:host{display:block}
[hidden]{display:none!important}
section{container-type:inline-size;line-height:1.4}
h1,h2,h3,h4,h5,h6,p,ol{margin:0;padding:0}
[part=heading]{margin-bottom:.8em;font-family:var(--more-stories-heading-family,inherit);font-size:var(--more-stories-heading-size,1.4em);font-weight:var(--more-stories-heading-weight,700);line-height:1.2}
ol{--title:var(--more-stories-title-size,1.15em);--dek:var(--more-stories-dek-size,.92em);--date:var(--more-stories-date-size,.82em);--lines:3;--deks:3;--clamp:3;--gap:var(--more-stories-gap,1.4em);
--ratio:var(--more-stories-image-ratio,16/9);--width:clamp(5.5rem,30cqi,15rem);--text:calc(var(--title)*1.25*var(--lines) + var(--dek)*1.45*var(--deks) + var(--date)*1.5 + .55em);--row:max(var(--text),var(--width)/(var(--ratio)));
display:grid;gap:var(--gap);align-content:start;min-height:calc(var(--count)*(var(--row) + var(--gap)) - var(--gap));list-style:none}
li{min-width:0;break-inside:avoid}
article{display:flex;gap:1em}
[part=image-link]{flex:0 0 var(--width);align-self:start;overflow:hidden;aspect-ratio:var(--ratio);border-radius:var(--more-stories-image-radius,0)}
img{display:block;width:100%;height:100%;object-fit:cover}
[part=image-link],.ghost i{background:color-mix(in srgb,currentColor 12%,transparent)}
[part=text]{flex:1;min-width:0;overflow-wrap:break-word}
[part=title]{font-family:var(--more-stories-title-family,inherit);font-size:var(--title);font-weight:var(--more-stories-title-weight,700);line-height:1.25}
[part=link]{color:var(--more-stories-link-color,inherit);text-decoration:none}
article:has(a:hover) [part=link]{text-decoration:underline;text-decoration-thickness:.07em;text-underline-offset:.15em}
a:focus-visible{outline:2px solid var(--more-stories-focus-color,currentColor);outline-offset:3px}
[part=dek]{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:var(--more-stories-dek-lines,var(--clamp));overflow:hidden;margin-top:.25em;font-size:var(--dek);line-height:1.45}
[part=date]{display:block;margin-top:.3em;font-size:var(--date);line-height:1.5}
[part=dek],[part=date]{color:var(--more-stories-muted-color,color-mix(in srgb,currentColor 78%,transparent))}
.ghost i{display:block;width:9em;height:1.2em}
.ghost [part=text]{min-height:var(--row)}
.ghost [part=text] i{width:85%}
@container (min-width:34rem){
ol{--lines:2;--deks:2}
.grid{--lines:3;--deks:3;grid-template-columns:1fr 1fr;min-height:0}
.grid article{flex-direction:column;gap:.6em}
.grid [part=image-link]{flex:none;align-self:stretch}
.grid [part=text]{min-height:var(--text)}}
@container (min-width:58rem){.grid{--lines:4;grid-template-columns:repeat(var(--more-stories-columns,4),1fr)}}
@media (prefers-reduced-motion:no-preference){.ghost{animation:ghost 1.6s ease-in-out infinite alternate}}
@keyframes ghost{to{opacity:.4}}
@media print{.ghost{display:none}}`;
  let sheet;

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
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

  const between = (low, value, high, otherwise) => Math.min(Math.max(parseInt(value, 10) || otherwise, low), high);
  const primary = (tag) => (tag || '').toLowerCase().split(/[-_]/)[0];
  const slashed = (address) => address.replace(/\/*$/, '/');

  class MoreStories extends HTMLElement {
    static observedAttributes = ['src', 'api', 'site', 'url', 'article-id', 'count', 'exclude', 'exclude-from', 'older-only',
      'heading', 'heading-level', 'layout', 'link-base', 'lang', 'time-zone'];

    #section = make('section', { part: 'section' });
    #slot = make('slot');
    #planned;
    #request;
    #asked;
    #data;

    constructor() {
      super();
      if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(css);
      const root = this.attachShadow({ mode: 'open' });
      root.adoptedStyleSheets = [sheet];
      root.append(this.#section, this.#slot);
      for (const kind of ['click', 'auxclick']) this.#section.addEventListener(kind, (event) => this.#count(event));
      this.#slot.addEventListener('slotchange', () => this.dataset.state === 'loading' && this.#wait());
    }

    connectedCallback() {
      if (!this.#data) this.#wait();
      this.#plan();
    }

    disconnectedCallback() {
      this.#request?.abort();
      if (!this.#data) this.#asked = null;
    }

    attributeChangedCallback(name, before, after) {
      if (before !== after && this.isConnected) this.#plan();
    }

    // Attributes set in a row ask once, and what is on the page already must have been parsed.
    #plan() {
      if (this.#planned) return;
      this.#planned = true;
      const load = () => {
        this.#planned = false;
        if (this.isConnected) this.#load();
      };
      if (document.readyState === 'loading' && this.#get('exclude-from')) document.addEventListener('DOMContentLoaded', load, { once: true });
      else queueMicrotask(load);
    }

    async #load() {
      try {
        const address = this.#address();
        if (address === this.#asked) {
          if (this.#data) this.#show();
          return;
        }
        this.#request?.abort();
        this.#asked = address;
        const { signal } = this.#request = new AbortController();
        const answer = await fetch(address, { signal, credentials: 'omit', headers: { accept: 'application/json' } });
        if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
        const data = await answer.json();
        signal.throwIfAborted();
        this.#data = data;
        this.#show();
        this.#tell('loaded', data);
      } catch (error) {
        if (error.name === 'AbortError') return;
        this.#data = this.#asked = null;
        this.#fill('failed');
        this.#tell('failed', { error });
      }
    }

    // Which story was followed, in which slot, under which page: nothing of the reader, and no cookie goes with it.
    #count(event) {
      const row = event.target.closest?.('a') && event.button < 2 && event.target.closest('li');
      const { site, page } = this.#data || {};
      if (!row?.item || !page || this.#get('clicks') === 'off' || this.#get('src')) return;
      fetch(new URL(`sites/${site}/clicks`, this.#asked), {
        method: 'POST', mode: 'no-cors', credentials: 'omit', keepalive: true, body: JSON.stringify({ page, item: row.item.id, slot: row.item.slot }),
      }).catch(() => {});
    }

    #get(name) {
      return this.getAttribute(name)?.trim();
    }

    #address() {
      const src = this.#get('src');
      const address = src ? new URL(src, document.baseURI) : new URL('api/more-stories', new URL(slashed(this.#get('api') || '.'), script));
      const page = this.#get('url') || document.querySelector('link[rel~=canonical]')?.href || location.href.split('#')[0];
      const id = this.#get('article-id');
      const asked = [['site', this.#get('site')], ['id', id], ['url', id ? this.#get('url') : page], ['count', this.#get('count')],
        ['olderOnly', { '': 'true', 'older-only': 'true' }[this.#get('older-only')] ?? this.#get('older-only')],
        ['exclude', this.#get('exclude')], ...this.#onPage(page).map((link) => ['exclude', link])];
      for (const [name, value] of asked) {
        if (value) address.searchParams.append(name, value);
      }
      return address.href;
    }

    // Links that readers have in front of them, by the addresses that they have in public.
    #onPage(page) {
      const selector = this.#get('exclude-from');
      if (!selector) return [];
      const base = web(slashed(this.#get('link-base') || ' '))?.href;
      const isPreview = this.#get('link-base') && base && web(page);
      const links = [...document.querySelectorAll(`:is(${selector}) a[href]`)].filter((link) => !this.contains(link)).map((link) => {
        const href = link.href.split('#')[0];
        return isPreview && href.startsWith(base) ? new URL(href.slice(base.length - 1), page).href : href;
      });
      return [...new Set(links)].filter((href) => web(href) && href !== page).slice(0, 40);
    }

    #tell(name, detail) {
      this.dispatchEvent(new CustomEvent(`more-stories:${name}`, { detail, bubbles: true, composed: true }));
    }

    // Until there is a list: what the page put inside, or the outline of one.
    #wait() {
      if (this.childElementCount) return this.#fill('loading');
      const rows = Array.from({ length: between(1, this.#get('count'), 20, 4) }, () => make('li', null, make('article', null,
        make('div', { part: 'image-link' }), make('div', { part: 'text' }, make('i')))));
      const ghost = make('div', { class: 'ghost', 'aria-hidden': 'true' }, make('div', { part: 'heading' }, make('i')), this.#list(rows));
      this.#fill('loading', ghost);
    }

    #fill(state, ...content) {
      this.#section.replaceChildren(...content);
      this.#section.hidden = !content.length;
      this.#section.removeAttribute('aria-labelledby');
      this.#slot.hidden = content.length > 0 && state !== 'loading';
      this.dataset.state = state;
    }

    #list(rows) {
      const list = make('ol', { part: 'list', role: 'list', class: this.#get('layout') === 'grid' ? 'grid' : null }, ...rows);
      list.style.setProperty('--count', rows.length);
      return list;
    }

    #show() {
      const { heading, items = [], language, state } = this.#data;
      const level = between(1, this.#get('heading-level'), 5, 2);
      const rows = items.filter((item) => item.title && web(item.url)).map((item) => Object.assign(make('li', { part: 'item' }, this.#story(item, level + 1, language)), { item }));
      if (!rows.length) return this.#fill('empty');
      this.#fill(state || 'complete', make(`h${level}`, { part: 'heading', id: 'heading' }, this.#get('heading') || heading || 'More Stories'), this.#list(rows));
      this.#section.setAttribute('aria-labelledby', 'heading');
    }

    #story({ url, title, dek, image, published, date, language }, level, listLanguage) {
      const link = web(url);
      const base = this.#get('link-base');
      const href = (base && web(base.replace(/\/*$/, '') + link.pathname + link.search + link.hash) || link).href;
      const src = image?.url && web(image.url)?.href;
      const page = this.closest('[lang]')?.lang || listLanguage;
      const day = this.#day(date, published, page, listLanguage);
      const foreign = language && primary(language) !== primary(page) || null;
      return make('article', { part: 'story', lang: foreign && language },
        src && make('a', { part: 'image-link', href, tabindex: -1, 'aria-hidden': 'true' }, make('img', {
          part: 'image', alt: image.alt || '', width: image.width, height: image.height, loading: 'lazy', decoding: 'async', src })),
        make('div', { part: 'text' },
          make(`h${level}`, { part: 'title', dir: foreign && 'auto' }, make('a', { part: 'link', href, rel: 'bookmark' }, title)),
          dek && make('p', { part: 'dek', dir: foreign && 'auto' }, dek),
          day && make('time', { part: 'date', datetime: published, lang: page }, day)));
    }

    // The site wrote its dates in the list's language; on a page in another they are written here.
    #day(date, published, page, listLanguage) {
      if (date && primary(page) === primary(listLanguage)) return date;
      try {
        return new Intl.DateTimeFormat(page, { dateStyle: 'long', calendar: 'gregory', timeZone: this.#get('time-zone') || undefined }).format(new Date(published));
      } catch {
        return date;
      }
    }
  }

  if (!customElements.get('more-stories')) customElements.define('more-stories', MoreStories);
})();
