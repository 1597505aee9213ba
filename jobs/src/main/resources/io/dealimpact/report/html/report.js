/* Draws the charts when they come into view, and fills the folded tables. */
(function () {
  'use strict';
  var drawn = new Map();
  var printing = false;

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue('--' + name.slice(1)).trim();
  }

  /* A colour that begins with $ is one of the page's. */
  function coloured(value, key) {
    if (typeof value === 'string') {
      return /[cC]olor$/.test(key) && value.charAt(0) === '$' ? colour(value) : value;
    }
    if (Array.isArray(value)) {
      return value.map(function (item) { return coloured(item, key); });
    }
    if (value && typeof value === 'object') {
      var copy = {};
      Object.keys(value).forEach(function (name) { copy[name] = coloured(value[name], name); });
      return copy;
    }
    return value;
  }

  var NARROW = 480;

  /* Names of categories take no more than two fifths of a narrow chart. There the day before a name goes, so that
     the name can be read, and numbers that would touch each other. */
  function fitted(option, width) {
    option.yAxis.forEach(function (axis) {
      if (axis.axisLabel && axis.axisLabel.width) {
        axis.axisLabel.width = Math.max(90, Math.min(width * 0.4, axis.axisLabel.width * 1.6));
      }
      if (width < NARROW && axis.data) {
        axis.data = axis.data.map(function (name) { return name.replace(/^\d{4}-\d\d-\d\d +/, ''); });
      }
    });
    if (width < NARROW) {
      option.xAxis.forEach(function (axis) {
        if (axis.axisLabel) {
          axis.axisLabel.hideOverlap = true;
        }
        if (axis.type === 'value') {
          axis.splitNumber = 3;
        }
      });
    }
    return option;
  }

  function draw(plot) {
    if (!plot.clientWidth) {
      return;
    }
    var option = JSON.parse(document.getElementById(plot.dataset.option).textContent);
    var chart = drawn.get(plot);
    if (!chart) {
      chart = echarts.init(plot, null, { renderer: 'svg' });
      drawn.set(plot, chart);
    }
    option = fitted(coloured(option, ''), plot.clientWidth);
    option.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily, color: colour('$ink') };
    option.tooltip.backgroundColor = colour('$panel');
    option.tooltip.borderColor = colour('$edge');
    option.tooltip.textStyle = { color: colour('$ink'), fontSize: 12 };
    option.xAxis.concat(option.yAxis).forEach(function (axis) {
      axis.nameTextStyle = { color: colour('$muted'), fontSize: 12 };
    });
    chart.setOption(option, true);
    /* What CSS makes as wide as paper keeps its shape. */
    var svg = plot.querySelector('svg');
    svg.setAttribute('viewBox', '0 0 ' + svg.getAttribute('width') + ' ' + svg.getAttribute('height'));
  }

  var plots = Array.prototype.slice.call(document.querySelectorAll('.plot'));
  var seen = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (entry.isIntersecting && !drawn.has(entry.target)) {
        draw(entry.target);
      }
    });
  }, { rootMargin: '400px' });
  plots.forEach(function (plot) { seen.observe(plot); });

  function redraw() {
    drawn.forEach(function (chart, plot) {
      if (plot.clientWidth) {
        chart.resize();
        draw(plot);
      }
    });
  }
  var waiting;
  window.addEventListener('resize', function () {
    clearTimeout(waiting);
    waiting = setTimeout(function () { if (!printing) { redraw(); } }, 120);
  });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);

  /* On paper: all that is unfolded, in the colours of paper, as wide as the paper. */
  function paper() {
    plots.forEach(draw);
  }
  window.matchMedia('print').addEventListener('change', function (event) {
    printing = event.matches;
    if (printing) { paper(); } else { redraw(); }
  });
  window.addEventListener('beforeprint', function () { printing = true; paper(); });
  window.addEventListener('afterprint', function () { printing = false; redraw(); });

  function element(tag, text, parent) {
    var made = document.createElement(tag);
    if (text !== null) { made.textContent = text; }
    if (parent) { parent.appendChild(made); }
    return made;
  }

  function shown(cell, kind) {
    if (kind !== 'NUMBER' || cell === '') { return cell; }
    var value = Number(cell);
    if (Number.isInteger(value) && Math.abs(value) < 1e6) { return String(value); }
    return String(Number(value.toPrecision(6)));
  }

  /* As RFC 4180 has it; a text that a spreadsheet would run has an apostrophe before it. */
  function csv(sheet) {
    function quoted(cell) {
      return /[",\r\n]/.test(cell) ? '"' + cell.replace(/"/g, '""') + '"' : cell;
    }
    var lines = [sheet.columns.map(function (column) { return quoted(column.name); }).join(',')];
    sheet.rows.forEach(function (row) {
      lines.push(row.map(function (cell, i) {
        var runs = sheet.columns[i].kind === 'TEXT' && /^[=+\-@\t\r\n]/.test(cell);
        return quoted(runs ? "'" + cell : cell);
      }).join(','));
    });
    return lines.join('\r\n') + '\r\n';
  }

  /* Columns to rows; a column of equal cells is stored as one, repeated texts as places in a list. The lines of
     queries are such a list too, one for the page. */
  var lines = JSON.parse(document.getElementById('query-lines').textContent);
  function unpacked(packed) {
    var rows = [];
    for (var r = 0; r < packed.count; r++) {
      rows.push(packed.cells.map(function (column) {
        if (column.of) { return column.of[column.at[r]]; }
        return String(Array.isArray(column) ? column[r] : column);
      }));
    }
    return {
      sql: packed.sql.map(function (line) { return lines[line]; }).join('\n'),
      columns: packed.names.map(function (name, i) {
        return { name: name, kind: packed.numbers[i] ? 'NUMBER' : 'TEXT' };
      }),
      rows: rows
    };
  }

  function fill(details) {
    var place = details.querySelector('.sheet');
    if (place.firstChild) { return; }
    var sheet = unpacked(JSON.parse(details.querySelector('script').textContent));
    var save = element('button', 'Download CSV', place);
    save.type = 'button';
    save.addEventListener('click', function () {
      var link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([csv(sheet)], { type: 'text/csv;charset=utf-8' }));
      link.download = 'deal-impact.csv';
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    });
    var wide = element('div', null, place);
    wide.className = 'wide';
    wide.tabIndex = 0;
    wide.setAttribute('role', 'region');
    wide.setAttribute('aria-label', 'Rows');
    var table = element('table', null, wide);
    var head = element('tr', null, element('thead', null, table));
    sheet.columns.forEach(function (column) {
      var cell = element('th', column.name, head);
      cell.scope = 'col';
      cell.className = column.kind === 'NUMBER' ? 'n' : '';
    });
    var body = element('tbody', null, table);
    sheet.rows.forEach(function (row) {
      var line = element('tr', null, body);
      row.forEach(function (text, i) {
        var kind = sheet.columns[i].kind;
        element('td', shown(text, kind), line).className = kind === 'NUMBER' ? 'n' : '';
      });
    });
    var sql = element('pre', sheet.sql, place);
    sql.tabIndex = 0;
    sql.setAttribute('aria-label', 'SQL');
    sql.setAttribute('role', 'region');
  }

  document.addEventListener('toggle', function (event) {
    if (event.target.open && event.target.classList.contains('data')) { fill(event.target); }
  }, true);

  function unfold() {
    var target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === 'DETAILS') { target.open = true; }
  }
  window.addEventListener('hashchange', unfold);
  unfold();
})();
