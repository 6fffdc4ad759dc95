/* Draws the charts of the leader's page from the tables that stand below them.

   section[data-chart]      one chart: data-said (the chart in a sentence), data-unit, data-target, data-target-label
   [data-plot]              where it is drawn; hidden until it is
   th[data-series]          a column that is drawn: line, bar, or label (stands beside the bar)
   tr[data-row]             a row that is drawn
   td[data-drawn]           the number that is drawn; the text of the cell is what people read
   [data-board-print]       opens the print dialog

   Nothing is computed here, so a chart cannot differ from its table. Without this file the tables are open. */
(() => {
  "use strict";

  const LARGE = document.body.hasAttribute("data-wall") ? 1.5 : 1; // on a screen on the wall
  const ROOM_OF_RATE = 44 * LARGE; // pixels that 97.62% takes
  const SHARP = 2; // a canvas drawn at twice its size prints crisply
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const small = { fontSize: 12 * LARGE, color: colour("c-text") };
  const onWhite = { ...small, backgroundColor: colour("c-bg"), padding: [1, 3] }; // hides what runs behind the words
  const drawn = [];

  /** The table as values: columns with their kind, rows with label, texts, numbers and the first link. */
  function read(section) {
    const columns = [...section.querySelectorAll("thead th")].slice(1).map((head) => ({
      label: head.textContent.trim(),
      series: head.dataset.series || "",
    }));
    const rows = [...section.querySelectorAll("tr[data-row]")].map((row) => {
      const cells = [...row.querySelectorAll("td")];
      const link = row.querySelector("a");
      return {
        label: row.querySelector("th").textContent.trim(),
        texts: cells.map((cell) => cell.textContent.trim()),
        numbers: cells.map((cell) => ("drawn" in cell.dataset ? Number(cell.dataset.drawn) : null)),
        url: link ? link.href : "",
      };
    });
    const of = (kind) => columns.map((column, at) => ({ ...column, at })).filter((each) => each.series === kind);
    return { columns, rows, of, ...section.dataset };
  }

  const gap = document.documentElement.lang.startsWith("zh") ? "" : " "; // between a word and a number
  const said = (column, row) => `${column.label}${gap}${row.texts[column.at]}`;

  const numbersOf = (table, column) => table.rows.map((row) => row.numbers[column.at]);

  /** What every chart has in common. The sentence is ours: the automatic one reads out axis numbers. */
  function frame(table) {
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      color: [colour("ch1"), colour("ch2"), colour("ch3")],
      aria: { enabled: true, label: { description: table.said }, decal: { show: true } },
      tooltip: {
        renderMode: "richText",
        trigger: "axis",
        confine: true,
        axisPointer: { type: "shadow" },
        formatter: (points) => {
          const row = table.rows[points[0].dataIndex];
          return [row.label, ...table.columns.map((column, at) => `${column.label} ${row.texts[at]}`)].join("\n");
        },
      },
    };
  }

  const names = (table, shorten = (label) => label) => ({
    type: "category",
    data: table.rows.map((row) => shorten(row.label)),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colour("c-field") } },
    axisLabel: { ...small, interval: 0 },
  });

  const hiddenScale = (most) => ({ type: "value", show: false, min: 0, max: most });

  /** A dashed line across the chart where the target is. */
  function goal(table, axis, position) {
    if (!table.target) return undefined;
    return {
      silent: true,
      z: 1,
      symbol: "none",
      lineStyle: { color: colour("c-text-2"), type: "dashed", width: 1.5 },
      label: { ...small, formatter: table.targetLabel, position },
      data: [{ [axis]: Number(table.target) }],
    };
  }

  /** Rates over time, from a round value below the lowest up to 100. */
  function lines(table) {
    const columns = table.of("line");
    const known = columns.flatMap((column) => numbersOf(table, column)).filter((number) => number !== null);
    const step = Math.max(1, Math.ceil(ROOM_OF_RATE / table.room)); // labels that would not fit are left out, never the last
    const wordsOfEvery = (nth, column) => ({ dataIndex }) =>
      (table.rows.length - 1 - dataIndex) % nth ? "" : table.rows[dataIndex].texts[column.at];
    const least = Math.max(0, Math.floor((Math.min(100, ...known) - 3) / 10) * 10);
    return {
      ...frame(table),
      grid: { left: 48, right: 24, top: columns.length > 1 ? 44 : 28, bottom: 26 },
      legend: { show: columns.length > 1, top: 0, left: 40, textStyle: small },
      xAxis: { ...names(table, (day) => day.slice(2, 7)), axisLabel: { ...small, hideOverlap: true } },
      yAxis: {
        type: "value",
        min: least,
        max: 100,
        axisLabel: { ...small, formatter: `{value}${table.unit}` },
        splitLine: { lineStyle: { color: colour("c-line") } },
      },
      series: columns.map((column, nth) => ({
        name: column.label,
        type: "line",
        data: numbersOf(table, column),
        symbol: nth ? "triangle" : "circle", // told apart without colours as well
        symbolSize: nth ? 9 : 7,
        lineStyle: { width: 2, type: nth ? "dashed" : "solid" },
        label: { ...onWhite, show: true, position: nth ? "bottom" : "top", formatter: wordsOfEvery(step, column) },
        markLine: nth ? undefined : goal(table, "yAxis", "insideStartTop"),
      })),
    };
  }

  /** Lying bars, stacked where there are several; the words stand at their end. */
  function lyingBars(table, { most, words, room }) {
    const bars = table.of("bar");
    return {
      ...frame(table),
      grid: { left: 8, right: room, top: table.target ? 20 : 6, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      yAxis: { ...names(table), inverse: true, axisLabel: { ...small, interval: 0, width: 128, overflow: "truncate" } },
      xAxis: hiddenScale(most),
      series: bars.map((column, nth) => ({
        name: column.label,
        type: "bar",
        stack: "all",
        barMaxWidth: 18 * LARGE,
        data: numbersOf(table, column),
        label: {
          ...onWhite,
          show: nth === bars.length - 1,
          position: "right",
          formatter: (point) => words(table.rows[point.dataIndex]),
        },
        markLine: nth === 0 ? goal(table, "xAxis", "start") : undefined,
      })),
    };
  }

  function towns(table) {
    const [rate] = table.of("bar");
    const beside = table.of("label");
    const words = (row) => [row.texts[rate.at], ...beside.map((column) => said(column, row))].join(" ");
    return lyingBars(table, { most: 100, words, room: 150 * LARGE });
  }

  function industries(table) {
    const bars = table.of("bar");
    const words = (row) => bars.map((column) => said(column, row)).join(" ");
    const sums = table.rows.map((row) => bars.reduce((sum, column) => sum + row.numbers[column.at], 0));
    return lyingBars(table, { most: Math.max(1, ...sums), words, room: 170 * LARGE });
  }

  function standingBars(table) {
    const [column] = table.of("bar");
    return {
      ...frame(table),
      grid: { left: 16, right: 16, top: 26, bottom: 40 },
      xAxis: { ...names(table), axisLabel: { ...small, interval: 0, width: table.room - 4, overflow: "break" } },
      yAxis: hiddenScale(undefined),
      series: [
        {
          name: column.label,
          type: "bar",
          barMaxWidth: 64,
          data: numbersOf(table, column),
          label: { ...small, show: true, position: "top", formatter: (point) => `${table.rows[point.dataIndex].texts[column.at]}${table.unit}` },
        },
      ],
    };
  }

  const OPTIONS = { months: lines, towns, industries, ages: standingBars };

  function draw(section) {
    const table = read(section);
    if (!table.rows.length) return;
    const plot = section.querySelector("[data-plot]");
    plot.hidden = false;
    table.room = Math.floor((plot.clientWidth - 48) / table.rows.length);
    const chart = window.echarts.init(plot, null, { devicePixelRatio: Math.max(SHARP, window.devicePixelRatio) });
    chart.setOption(OPTIONS[table.chart](table));
    chart.on("click", (point) => {
      const row = table.rows[point.dataIndex];
      if (row && row.url) window.location.assign(row.url);
    });
    section.classList.add("is-drawn");
    section.querySelector("details").open = false;
    drawn.push(chart);
  }

  let waiting = 0;
  function refit() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => drawn.forEach((chart) => chart.resize()));
  }

  let board = null;
  function drawAll() {
    if (board === document.getElementById("board")) return; // something else on the page was renewed
    board = document.getElementById("board");
    drawn.splice(0).forEach((chart) => chart.dispose());
    if (window.echarts) document.querySelectorAll("section[data-chart]").forEach(draw);
  }

  drawAll();
  document.body.addEventListener("htmx:afterSwap", drawAll);
  window.addEventListener("resize", refit);
  document.querySelectorAll("[data-board-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
