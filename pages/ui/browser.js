// What the browser does by itself: pictures of charts, copying the address, Streamlit's own words in the reader's language.
//
// Streamlit runs no script of ours between two runs, so one listener on the document serves all buttons; they carry what they do
// in data attributes (pages/ui/pictures.py, share.py). Nothing here asks another host for anything.
if (window.mavaze === undefined) {
  window.mavaze = {faces: %(faces)s, words: %(words)s};
  const NS = 'http://www.w3.org/2000/svg', PAD = 20, FAMILY = 'Vazirmatn, sans-serif';
  const make = (name, attributes, text) => {
    const node = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    return node;
  };

  // A file of Vazirmatn as a data address, and whether any letter of a text is in it.
  const files = {};
  const embed = url => files[url] ??= fetch(new URL(url, document.baseURI)).then(answer => {
    if (!answer.ok) throw new Error(url);
    return answer.blob();
  }).then(blob => new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.replace(/^data:[^;,]*/, 'data:font/woff2'));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  })).catch(error => { delete files[url]; throw error; });
  const within = (ranges, text) => {
    const bounds = ranges.split(',').map(range => range.trim().slice(2).split('-').map(end => parseInt(end, 16)));
    return [...text].some(letter => bounds.some(([first, last = first]) =>
      letter.codePointAt(0) >= first && letter.codePointAt(0) <= last));
  };
  const faces = async text => (await Promise.all(window.mavaze.faces.filter(face => within(face.range, text)).map(
    async face => `@font-face{font-family:Vazirmatn;font-weight:100 900;src:url(${await embed(face.url)}) format("woff2");`
      + `unicode-range:${face.range}}`))).join('');

  const pen = document.createElement('canvas').getContext('2d');
  const broken = (text, font, width) => {
    pen.font = font;
    const lines = [''];
    for (const word of text.split(/\s+/)) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (lines.at(-1) && pen.measureText(longer).width > width) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines;
  };

  // HTML of a legend, drawn: boxes with a ground or a border, and texts, where the browser put them.
  const drawn = (legend, group) => {
    const at = legend.getBoundingClientRect();
    for (const part of legend.querySelectorAll('*')) {
      const box = part.getBoundingClientRect(), style = getComputedStyle(part);
      const edge = parseFloat(style.borderTopWidth) ? style.borderTopColor : 'none';
      const ground = style.backgroundColor === 'rgba(0, 0, 0, 0)' ? 'none' : style.backgroundColor;
      const place = {x: box.left - at.left, y: box.top - at.top};
      if (edge !== 'none' && !parseFloat(style.borderBottomWidth)) {
        const dash = {dashed: '6 4', dotted: '2 3'}[style.borderTopStyle] ?? 'none';
        group.append(make('line', {x1: place.x, x2: place.x + box.width, y1: place.y + 1, y2: place.y + 1,
          stroke: edge, 'stroke-width': style.borderTopWidth, 'stroke-dasharray': dash}));
      } else if (box.width && (edge !== 'none' || ground !== 'none')) {
        group.append(make('rect', {...place, width: box.width, height: box.height, rx: 2, fill: ground, stroke: edge}));
      }
    }
    const walk = document.createTreeWalker(legend, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect(), style = getComputedStyle(node.parentElement);
      if (!node.data.trim() || !box.width) continue;
      const rtl = style.direction === 'rtl', size = parseFloat(style.fontSize);
      group.append(make('text', {x: (rtl ? box.right : box.left) - at.left, y: box.top - at.top + box.height / 2 + size * 0.35,
        direction: style.direction, 'text-anchor': 'start', 'font-size': size, 'font-weight': style.fontWeight,
        'font-family': FAMILY, fill: style.color}, node.data.trim()));
    }
  };

  // The chart as it stands on the page, without what only the mouse shows.
  const layers = block => {
    const plot = block.querySelector('.js-plotly-plot');
    const found = plot ? [...plot.querySelectorAll('svg.main-svg')] : [...block.querySelectorAll('[data-testid=stEChartsChart] svg')];
    if (!found.length) throw new Error('no drawing');
    const frame = (plot ?? found[0]).getBoundingClientRect();
    const copies = found.map(layer => {
      const copy = layer.cloneNode(true), box = layer.getBoundingClientRect();
      copy.querySelectorAll('.hoverlayer, .draglayer, .zoomlayer, .selectionlayer, .modebar').forEach(part => part.remove());
      copy.querySelectorAll('text').forEach(text => { if (text.style.display === 'none') text.remove(); });
      for (const [key, value] of Object.entries({x: box.left - frame.left, y: box.top - frame.top, width: box.width, height: box.height}))
        copy.setAttribute(key, value);
      // A picture leads nowhere: its links would be those of this page.
      for (const link of copy.querySelectorAll('a')) for (const each of [...link.attributes]) link.removeAttributeNode(each);
      copy.querySelectorAll('[data-unformatted]').forEach(text => text.removeAttribute('data-unformatted'));
      copy.removeAttribute('style');
      copy.removeAttribute('class');
      return copy;
    });
    return {copies, width: frame.width, height: frame.height};
  };

  // One drawing with title, what is in view, legend, chart and source: what a memo needs.
  const compose = async block => {
    const about = JSON.parse(block.querySelector('.mv-take').dataset.picture);
    const chart = layers(block), width = Math.max(480, Math.ceil(chart.width)) + 2 * PAD;
    const root = make('svg', {xmlns: NS, 'font-family': FAMILY, lang: about.lang, role: 'img', 'aria-label': about.title});
    let down = PAD;
    const write = (text, size, weight, fill) => {
      if (!text) return;
      for (const line of broken(text, `${weight} ${size}px ${FAMILY}`, width - 2 * PAD)) {
        down += size * 1.55;
        root.append(make('text', {x: about.rtl ? width - PAD : PAD, y: down - size * 0.4, direction: about.rtl ? 'rtl' : 'ltr',
          'text-anchor': 'start', 'font-size': size, 'font-weight': weight, fill}, line));
      }
    };
    root.append(make('title', {}, about.title));
    write(about.title, 18, 700, about.ink);
    write(about.sentence, 13, 500, about.ink);
    write(about.about, 12, 400, about.soft);
    const legend = block.querySelector('.mv-legend');
    if (legend) {
      const group = make('g', {transform: `translate(${PAD} ${down + 10})`});
      drawn(legend, group);
      root.append(group);
      down += legend.getBoundingClientRect().height + 10;
    }
    const group = make('g', {transform: `translate(${(width - chart.width) / 2} ${down + 8})`});
    group.append(...chart.copies);
    root.append(group);
    down += chart.height + 12;
    write(about.source, 11, 400, about.soft);
    const height = Math.ceil(down + PAD * 0.7);
    for (const [key, value] of Object.entries({width, height, viewBox: `0 0 ${width} ${height}`})) root.setAttribute(key, value);
    root.prepend(make('rect', {width: '100%%', height: '100%%', fill: about.paper}));
    root.prepend(make('style', {}, await faces(root.textContent)));
    // Plotly writes the page's address into references, which would be lost outside of it.
    const text = new XMLSerializer().serializeToString(root).replace(/url\((&quot;|['"])?[^)'"#&]*#/g, 'url($1#');
    return {text, width, height, paper: about.paper};
  };

  const raster = async ({text, width, height, paper}) => {
    const url = URL.createObjectURL(new Blob([text], {type: 'image/svg+xml'}));
    try {
      const image = new Image();
      image.src = url;
      await image.decode();
      await new Promise(done => setTimeout(done, 60));  // Letters are drawn once their embedded font is read.
      const canvas = document.createElement('canvas');
      canvas.width = 2 * width;
      canvas.height = 2 * height;
      const context = canvas.getContext('2d');
      context.fillStyle = paper;
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((done, failed) => canvas.toBlob(blob => blob ? done(blob) : failed(new Error('no picture')), 'image/png'));
    } finally {
      URL.revokeObjectURL(url);
    }
  };

  const save = (blob, name) => {
    const link = Object.assign(document.createElement('a'), {href: URL.createObjectURL(blob), download: name});
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const say = (button, text) => {
    const place = button.parentElement.querySelector('[role=status]');
    if (!place) return;
    place.textContent = text;
    setTimeout(() => { if (place.textContent === text) place.textContent = ''; }, 6000);
  };

  const picture = async button => {
    const block = button.closest('[class*=st-key-mv_chart_]'), words = button.closest('.mv-take').dataset;
    button.setAttribute('aria-busy', 'true');
    try {
      const made = await compose(block), form = button.dataset.form;
      const blob = form === 'svg' ? new Blob([made.text], {type: 'image/svg+xml'}) : await raster(made);
      save(blob, `${words.file}.${form}`);
      say(button, words.done);
    } catch (error) {
      console.error(error);
      say(button, words.failed);
    } finally {
      button.removeAttribute('aria-busy');
    }
  };

  // The address bar always holds the whole state; a version of the store is added where that is asked for.
  const copy = async button => {
    const url = new URL(button.dataset.page ?? location.href, location.href);
    url.hash = '';
    if (button.dataset.version) url.searchParams.set('v', button.dataset.version);
    try {
      if (navigator.clipboard && window.isSecureContext) await navigator.clipboard.writeText(url.href);
      else {  // Over plain http a browser gives no clipboard.
        const field = Object.assign(document.createElement('textarea'), {value: url.href});
        document.body.append(field);
        field.select();
        const done = document.execCommand('copy');
        field.remove();
        button.focus();
        if (!done) throw new Error('copy');
      }
      say(button, button.dataset.done);
    } catch (error) {
      window.prompt(button.dataset.failed, url.href);
    }
  };

  document.addEventListener('click', event => {
    const button = event.target.closest?.('[data-form], .mv-copy');
    if (!button) return;
    event.preventDefault();
    if (button.classList.contains('mv-copy')) copy(button);
    else picture(button);
  });

  // Streamlit names its own parts in English (streamlit#1353); a word that is known in either language becomes the page's.
  const exact = new Map(), begun = [];
  for (const word of window.mavaze.words) for (const said of Object.values(word)) {
    const [before, after] = said.split('{name}');
    if (after === undefined) exact.set(said, word);
    else begun.push([before, word]);
  }
  const ours = said => {
    const lang = document.documentElement.lang, text = said.trim();
    if (exact.has(text)) return exact.get(text)[lang] ?? said;
    const found = begun.find(([before]) => text.startsWith(before));
    return found?.[1][lang] ? found[1][lang].replace('{name}', () => text.slice(found[0].length)) : said;
  };
  const NAMED = ['aria-label', 'placeholder', 'title'];
  const SAID = '[data-testid=stSkipToContent], [role=option], [role=listbox] *, [role=status], [data-testid=stStatusWidget] *, [role=tooltip]';
  const translate = () => {
    for (const part of document.querySelectorAll(NAMED.map(name => `[${name}]`).join(','))) for (const name of NAMED) {
      const said = part.getAttribute(name);
      if (said && ours(said) !== said) part.setAttribute(name, ours(said));
    }
    for (const part of document.querySelectorAll(SAID)) for (const node of part.childNodes)
      if (node.nodeType === Node.TEXT_NODE && ours(node.data) !== node.data) node.data = ours(node.data);
  };
  let waiting = 0;
  const later = () => { waiting ||= requestAnimationFrame(() => { waiting = 0; translate(); }); };
  new MutationObserver(later).observe(document.documentElement,
    {childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: [...NAMED, 'lang']});
  later();
}
