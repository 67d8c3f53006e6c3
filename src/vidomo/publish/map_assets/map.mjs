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
#large-map { aspect-ratio: 4 / 3; max-height: 75vh; width: 100%; border: 1px solid; border-radius: .4rem; margin-bottom: .5rem; }
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

async function show(box) {
  const [library, shapes] = await Promise.all([
    import('./maplibre-gl.mjs'),
    fetch(box.dataset.shapes).then((answer) => { if (!answer.ok) throw new Error(String(answer.status)); return answer.json(); }),
  ]);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const lang = ['en', 'ru'].find((one) => one === document.documentElement.lang) ?? 'uk';
  const ink = getComputedStyle(document.body).color;
  const draw = () => {
    const tones = JSON.parse(box.dataset.tones);
    for (const { properties } of shapes.features) {
      if (properties.kind === 'unit') properties.tone = tones[properties.code] ?? 'unknown';
    }
    return shapes;
  };
  box.hidden = false;
  const map = new library.Map({
    container: box,
    style: {
      version: 8,
      sources: { shapes: { type: 'geojson', data: draw(), tolerance: 0.2 } },
      layers: [
        { id: 'units', type: 'fill', source: 'shapes', filter: ['==', ['get', 'kind'], 'unit'], paint: { 'fill-pattern': ['get', 'tone'] } },
        { id: 'raions', type: 'line', source: 'shapes', filter: ['==', ['get', 'kind'], 'unit'], paint: { 'line-color': '#7b8087', 'line-width': 0.8 } },
        { id: 'oblasts', type: 'line', source: 'shapes', filter: ['==', ['get', 'kind'], 'oblasts'], paint: { 'line-color': ink, 'line-width': 1.4 } },
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
    locale: { 'Map.Title': box.dataset.label },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.scrollZoom.disable(); // the page scrolls; buttons, keys and two fingers zoom
  for (const tone of TONES) map.addImage?.(tone, pattern(tone), { pixelRatio: 2 });
  map.on('styleimagemissing', ({ id }) => { if (TONES.includes(id) && !map.hasImage(id)) map.addImage(id, pattern(id), { pixelRatio: 2 }); });
  for (const one of shapes.features.filter(({ properties }) => properties.kind === 'name')) {
    const element = document.createElement('span');
    element.textContent = one.properties[lang];
    element.setAttribute('aria-hidden', 'true'); // the table has the names
    new library.Marker({ element }).setLngLat(one.geometry.coordinates).addTo(map);
  }
  const status = document.getElementById('map-status');
  const tell = (point) => {
    const hit = map.getLayer('units') && map.queryRenderedFeatures(point, { layers: ['units'] })[0];
    if (!hit) { status.textContent = ''; return; }
    const { code, tone } = hit.properties;
    const said = tone === 'unknown' ? null : saidOf(code);
    status.textContent = `${hit.properties[lang]}: ${said ?? box.dataset.nothing}`;
  };
  const far = () => box.classList.toggle('far', map.getZoom() < NAMES_FROM);
  map.on('zoom', far);
  far();
  map.on('click', ({ point }) => tell(point));
  map.on('mousemove', ({ point }) => tell(point));
  // The keyboard moves the map under its middle, and hears what lies there.
  map.on('moveend', ({ originalEvent }) => {
    if (originalEvent instanceof KeyboardEvent || document.activeElement === map.getCanvas()) {
      tell(map.project(map.getCenter()));
    }
  });
  for (const button of document.querySelectorAll('button[data-map]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const does = { in: () => map.zoomIn(), out: () => map.zoomOut(), whole: () => map.fitBounds(WHOLE, { padding: 8 }) };
      does[button.dataset.map]();
    });
  }
  document.addEventListener('vidomo:changed', () => map.getSource('shapes')?.setData(draw()));
  map.once('idle', () => { box.dataset.ready = 'yes'; });
}

const box = document.getElementById('large-map');
const start = document.getElementById('show-large-map');
if (box && start) {
  start.hidden = false;
  start.addEventListener('click', async () => {
    start.disabled = true;
    try {
      await show(box);
      start.hidden = true;
    } catch {
      box.hidden = true;
      document.getElementById('map-status').textContent = box.dataset.failed;
    }
  });
}
