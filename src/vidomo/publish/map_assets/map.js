// The large map, on request: draws the shapes, and in them what the table of the page says.
// Asks nobody but the server of this page; without it the page has the small map and the table.

const TONES = ['danger', 'caution', 'info', 'unknown'];
// Colours after ISO 22324 and the patterns of the small map; never green.
const FILLS = { danger: '#c9372c', caution: '#d98a00', info: '#3d84bf' };
const STYLE = `
.maplibregl-map { overflow: hidden; position: relative; }
.maplibregl-canvas { position: absolute; left: 0; top: 0; }
.maplibregl-canvas:focus-visible { outline: 3px solid; outline-offset: -3px; }
.maplibregl-canvas-container.maplibregl-interactive { cursor: grab; user-select: none; }
.maplibregl-canvas-container.maplibregl-interactive:active { cursor: grabbing; }
.maplibregl-canvas-container.maplibregl-touch-drag-pan { touch-action: pinch-zoom; }
.maplibregl-canvas-container.maplibregl-touch-zoom-rotate.maplibregl-touch-drag-pan { touch-action: none; }
.maplibregl-marker { position: absolute; left: 0; top: 0; pointer-events: none; font-size: .8rem; font-weight: 600; text-shadow: 0 0 3px Canvas, 0 0 3px Canvas, 0 0 3px Canvas; }
.maplibregl-canary { background-color: salmon; }
.far .maplibregl-marker { visibility: hidden; }
#show-large-map[hidden] { display: inline-block; }
#map-dialog { box-sizing: border-box; width: min(98vw, 72rem); max-width: none; max-height: 98vh; padding: .75rem; border: 1px solid; border-radius: .5rem; background: var(--bg); color: var(--ink); }
#map-box { height: calc(98vh - 13rem); min-height: 12rem; border: 1px solid; border-radius: .4rem; }
#map-dialog p { margin: .5rem 0 0; min-height: 1.5em; }
#map-dialog button { margin: .5rem .3rem 0 0; }
`;
const WHOLE = [[22.0, 44.2], [40.4, 52.5]];
const NAMES_FROM = 5.6; // zoom below which the names of oblasts would cover each other

// What the table says of a unit, else of its oblast (the first four characters of a code).
function saidOf(code) {
  const rows = [...document.querySelectorAll('tr[data-code]')];
  const row = rows.find(({ dataset }) => dataset.code === code)
    ?? rows.find(({ dataset }) => dataset.code.slice(0, 6) === `${code.slice(0, 4)}00`);
  return row?.children[1].textContent.trim();
}

function pattern(tone) {
  const size = 16;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const pen = canvas.getContext('2d');
  pen.fillStyle = FILLS[tone] ?? 'transparent';
  pen.fillRect(0, 0, size, size);
  pen.strokeStyle = pen.fillStyle = { info: '#fff', unknown: '#7b8087' }[tone] ?? '#000';
  pen.lineWidth = 2;
  if (tone === 'caution') {
    pen.fillRect(2, 2, 5, 5);
    pen.fillRect(10, 10, 5, 5);
  } else if (tone === 'info') {
    pen.fillRect(0, 6, size, 2);
  } else {
    const [from, to] = tone === 'danger' ? [size, 0] : [0, size];
    for (const shift of [-size, 0, size]) {
      pen.beginPath();
      pen.moveTo(shift, from);
      pen.lineTo(shift + size, to);
      pen.stroke();
    }
  }
  return pen.getImageData(0, 0, size, size);
}

// The dialog stands beside the page's own content, so that a live change of that leaves it alone.
function build(texts) {
  const part = (name, set) => Object.assign(document.createElement(name), set);
  const dialog = part('dialog', { id: 'map-dialog' });
  dialog.setAttribute('aria-label', texts.label);
  const box = part('div', { id: 'map-box' });
  const status = part('p', { textContent: texts.loading });
  status.setAttribute('role', 'status');
  const buttons = {};
  for (const name of ['zoom_in', 'zoom_out', 'whole', 'close']) buttons[name] = part('button', { type: 'button', textContent: texts[name] });
  buttons.close.addEventListener('click', () => dialog.close());
  dialog.append(box, status, ...Object.values(buttons));
  document.body.append(dialog);
  return { dialog, box, status, buttons };
}

// What the page says now: the tones of units; nothing once the page itself has grown too old.
const now = () => document.getElementById('alert');
const tones = () => JSON.parse(now()?.dataset.tones ?? '{}');

async function fill({ box, status, buttons }, { shapes: address, texts }) {
  const [library, shapes] = await Promise.all([
    import('./maplibre-gl.js'),
    fetch(address).then((answer) => { if (!answer.ok) throw new Error(String(answer.status)); return answer.json(); }),
  ]);
  library.setWorkerUrl(new URL('./maplibre-gl-worker.js', import.meta.url).href);
  const lang = ['en', 'ru'].find((one) => one === document.documentElement.lang) ?? 'uk';
  const ink = getComputedStyle(document.body).color;
  const draw = () => {
    const found = tones();
    for (const { properties } of shapes.features) {
      if (properties.kind === 'unit') properties.tone = found[properties.code] ?? 'unknown';
    }
    return shapes;
  };
  const kind = (name) => ['==', ['get', 'kind'], name];
  const map = new library.Map({
    container: box,
    style: {
      version: 8,
      sources: { shapes: { type: 'geojson', data: draw(), tolerance: 0.2 } },
      layers: [
        { id: 'units', type: 'fill', source: 'shapes', filter: kind('unit'), paint: { 'fill-pattern': ['get', 'tone'] } },
        { id: 'raions', type: 'line', source: 'shapes', filter: kind('unit'), paint: { 'line-color': '#7b8087', 'line-width': 0.8 } },
        { id: 'oblasts', type: 'line', source: 'shapes', filter: kind('oblasts'), paint: { 'line-color': ink, 'line-width': 1.4 } },
      ],
    },
    bounds: WHOLE,
    fitBoundsOptions: { padding: 8 },
    maxBounds: [[2, 34], [60, 62]],
    minZoom: 2.5,
    maxZoom: 9,
    renderWorldCopies: false,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    fadeDuration: 0,
    locale: { 'Map.Title': texts.label },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  for (const tone of TONES) map.addImage(tone, pattern(tone), { pixelRatio: 2 });
  for (const { geometry, properties } of shapes.features.filter((one) => one.properties.kind === 'name')) {
    const element = document.createElement('span');
    element.textContent = properties[lang];
    element.setAttribute('aria-hidden', 'true'); // the table has the names
    new library.Marker({ element }).setLngLat(geometry.coordinates).addTo(map);
  }
  const tell = (point) => {
    const [hit] = map.getLayer('units') ? map.queryRenderedFeatures(point, { layers: ['units'] }) : [];
    if (!hit) return;
    const { code, tone } = hit.properties;
    const old = now()?.dataset.tones === undefined ? now()?.textContent.trim() : null;
    status.textContent = old ?? `${hit.properties[lang]}: ${(tone !== 'unknown' && saidOf(code)) || texts.nothing}`;
  };
  const far = () => box.classList.toggle('far', map.getZoom() < NAMES_FROM);
  map.on('zoom', far);
  far();
  map.on('click', ({ point }) => tell(point));
  map.on('mousemove', ({ point }) => tell(point));
  // The keyboard moves the map under its middle, and hears what lies there.
  map.on('moveend', () => { if (document.activeElement === map.getCanvas()) tell(map.project(map.getCenter())); });
  buttons.zoom_in.addEventListener('click', () => map.zoomIn());
  buttons.zoom_out.addEventListener('click', () => map.zoomOut());
  buttons.whole.addEventListener('click', () => map.fitBounds(WHOLE, { padding: 8 }));
  new MutationObserver(() => map.getSource('shapes')?.setData(draw()))
    .observe(document.getElementById('main'), { childList: true, subtree: true });
  map.once('idle', () => { box.dataset.ready = 'yes'; });
  status.textContent = texts.rich_hint;
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
let made = null;
// The button may be put anew by a live change, so the document listens.
document.addEventListener('click', async ({ target }) => {
  if (target.id !== 'show-large-map') return;
  const asked = target.parentElement.dataset;
  const texts = JSON.parse(asked.texts);
  if (made) { made.dialog.showModal(); return; }
  made = build(texts);
  made.dialog.showModal();
  try {
    await fill(made, { shapes: asked.shapes, texts });
  } catch {
    made.box.hidden = true;
    made.status.textContent = texts.rich_failed;
  }
});
