/* Draws a chart without a browser. Nothing waits here: the library's timers are for animation. */
function setTimeout() { return 0; }
function clearTimeout() {}

/* A colour that begins with $ is one of the palette's, as in the report. */
function coloured(value, key, palette) {
  if (typeof value === 'string') {
    return /[cC]olor$/.test(key) && value.charAt(0) === '$' ? palette[value.slice(1)] : value;
  }
  if (Array.isArray(value)) {
    return value.map(function (item) { return coloured(item, key, palette); });
  }
  if (value && typeof value === 'object') {
    var copy = {};
    Object.keys(value).forEach(function (name) { copy[name] = coloured(value[name], name, palette); });
    return copy;
  }
  return value;
}

function draw(json, colours, width, height) {
  var palette = JSON.parse(colours);
  var option = coloured(JSON.parse(json), '', palette);
  option.textStyle = { fontFamily: 'sans-serif', color: palette.ink };
  option.backgroundColor = palette.paper;
  option.xAxis.concat(option.yAxis).forEach(function (axis) {
    axis.nameTextStyle = { color: palette.muted, fontSize: 12 };
  });
  var chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: width, height: height });
  chart.setOption(option);
  var svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
