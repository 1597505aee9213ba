package io.dealimpact.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The study in DuckDB's SQL, from the files of the silver tables to Parquet: market model on the
 * close, simple returns, estimation [−260, −11] with at least 120 returns, window [−10, +10].
 *
 * <p>Outputs, each a file of the folder: {@code fits}, {@code abnormal_returns}, {@code impacts}
 * (events with the whole window), {@code paths} (AAR; CAAR over the events without a gap so far)
 * and {@code tests} (Patell 1976; Boehmer, Musumeci &amp; Poulsen 1991), with the forecast-error
 * correction of Mikkelson &amp; Partch 1988.
 */
final class StudySql {
  private StudySql() {}

  /** Each event is joined with its days by a range: the SQL that one writes first. */
  static List<String> obvious(Path lake, Path out) {
    return statements(
        lake,
        out,
        """
        create temp table returns as
          select instrument_id, day, trade_date, close / previous - 1 stock, market
          from (
            select b.instrument_id, m.day, b.trade_date, close, market,
                   lag(close) over w previous, lag(m.day) over w previous_day
            from read_parquet('{lake}/silver/bars/*.parquet') b join market m using (trade_date)
            where b.instrument_id <> '{benchmark}'
            window w as (partition by b.instrument_id order by m.day))
          where previous_day = day - 1;

        create temp table fits as
          select event, any_value(event_id) event_id, any_value(e.instrument_id) instrument_id,
                 any_value(event_day) event_day, count(*) n, avg(market) mean_market,
                 regr_sxx(stock, market) sxx, regr_slope(stock, market) beta,
                 regr_intercept(stock, market) alpha,
                 sqrt((regr_syy(stock, market) - beta * regr_sxy(stock, market)) / (n - 2)) sigma
          from events e join returns r on r.instrument_id = e.instrument_id
            and r.day between e.event_day - 260 and e.event_day - 11
          group by event
          having count(*) >= 120;

        create temp table abnormal as
          select event, event_id, r.day - event_day relative_day, r.trade_date, stock, market,
                 alpha + beta * market expected, stock - expected abnormal,
                 abnormal / (sigma * sqrt(1 + 1 / f.n + (market - mean_market) ** 2 / sxx)) standardized
          from fits f join returns r on r.instrument_id = f.instrument_id
            and r.day between f.event_day - 10 and f.event_day + 10;

        create temp table impacts as
          select event, event_id, n, car, car / (sigma * sqrt(length + length * length / n
                   + (total_market - length * mean_market) ** 2 / sxx)) scar, car / scar car_se
          from fits join (
            select event, count(*) length, sum(abnormal) car, sum(market) total_market
            from abnormal group by event having count(*) = 21) using (event);
        """);
  }

  /**
   * Running sums of x, y, xy, x² and y² by instrument; an event's sums are differences of two rows,
   * found by equality on one number for instrument and day. A row stands for the days without a bar
   * that follow it too.
   */
  static List<String> runningSums(Path lake, Path out) {
    return statements(
        lake,
        out,
        """
        create or replace temp table ids as
          select instrument_id, row_number() over (order by instrument_id) * 1000000 first_key
          from read_parquet('{lake}/silver/instruments/*.parquet');

        create temp table sums as
          select key, trade_date, stock, market, lead(key) over w - key step,
                 count(*) over w n, sum(market) over w x, sum(stock) over w y,
                 sum(market * stock) over w xy, sum(market * market) over w xx,
                 sum(stock * stock) over w yy
          from (
            select first_key, key, trade_date, market, close / previous - 1 stock
            from (
              select first_key, first_key + m.day key, b.trade_date, close, market,
                     lag(close) over w previous, lag(m.day) over w previous_day, m.day
              from read_parquet('{lake}/silver/bars/*.parquet') b
                join market m using (trade_date) join ids using (instrument_id)
              where b.instrument_id <> '{benchmark}'
              window w as (partition by first_key order by m.day))
            where previous_day = day - 1)
          window w as (partition by first_key order by key rows unbounded preceding);

        create temp table gaps as
          select key + unnest(range(1, step)) key, n, x, y, xy, xx, yy from sums where step > 1;

        create temp view sums_so_far as
          select key, n, x, y, xy, xx, yy from sums union all from gaps;

        create temp table fits as
          select event, event_id, key, n, length, total_market, total_stock, x / n mean_market,
                 xx - x * x / n sxx, xy - x * y / n sxy, sxy / sxx beta,
                 y / n - beta * mean_market alpha,
                 sqrt((yy - y * y / n - beta * sxy) / (n - 2)) sigma
          from (
            select event, event_id, e.first_key + event_day key,
                   b.n - coalesce(a.n, 0) n, b.x - coalesce(a.x, 0) x, b.y - coalesce(a.y, 0) y,
                   b.xy - coalesce(a.xy, 0) xy, b.xx - coalesce(a.xx, 0) xx,
                   b.yy - coalesce(a.yy, 0) yy,
                   d.n - c.n length, d.x - c.x total_market, d.y - c.y total_stock
            from (from events join ids using (instrument_id)) e
              join sums_so_far b on b.key = e.first_key + event_day - 11
              left join sums_so_far a on a.key = e.first_key + event_day - 261
              join sums_so_far c on c.key = e.first_key + event_day - 11
              left join sums_so_far d on d.key = e.first_key + event_day + 10)
          where n >= 120;

        create temp table abnormal as
          select event, event_id, relative_day, trade_date, stock, market,
                 alpha + beta * market expected, stock - expected abnormal,
                 abnormal / (sigma * sqrt(1 + 1 / f.n + (market - mean_market) ** 2 / sxx)) standardized
          from (select *, unnest(range(-10, 11)) relative_day from fits) f
            join sums s on s.key = f.key + f.relative_day;

        create temp table impacts as
          select event, event_id, n, total_stock - length * alpha - beta * total_market car,
                 car / (sigma * sqrt(length + length * length / n
                   + (total_market - length * mean_market) ** 2 / sxx)) scar, car / scar car_se
          from fits where length = 21;
        """);
  }

  private static List<String> statements(Path lake, Path out, String measuring) {
    return Stream.of(EVENTS, measuring, OUTPUTS)
        .flatMap(sql -> Stream.of(sql.split(";")))
        .map(String::strip)
        .filter(sql -> !sql.isEmpty())
        .map(
            sql ->
                sql.replace("{lake}", lake.toString())
                    .replace("{out}", out.toString())
                    .replace("{benchmark}", SyntheticMarket.BENCHMARK))
        .toList();
  }

  private static final String EVENTS =
      """
      drop table if exists returns;
      drop view if exists sums_so_far;
      drop table if exists sums;
      drop table if exists gaps;
      drop table if exists fits;
      drop table if exists abnormal;
      drop table if exists impacts;

      create or replace temp table market as
        select trade_date, row_number() over w - 1 as day, close / lag(close) over w - 1 market
        from read_parquet('{lake}/silver/bars/*.parquet') where instrument_id = '{benchmark}'
        window w as (order by trade_date);

      create or replace temp table events as
        select row_number() over () as event, deal_id || ':' || instrument_id event_id, instrument_id,
               day event_day
        from read_parquet('{lake}/silver/deals/*.parquet') d
          join read_parquet('{lake}/silver/deal_parties/*.parquet') p using (deal_id)
          join market on trade_date = announced_date;
      """;

  /** The CAAR of a day counts an event up to its first gap; most have none. */
  private static final String OUTPUTS =
      """
      copy (select event_id, alpha, beta, sigma, n from fits)
        to '{out}/fits.parquet' (format parquet);

      copy (select event_id, relative_day, trade_date, stock actual_return,
                   expected expected_return, abnormal abnormal_return, standardized standardized_ar
            from abnormal)
        to '{out}/abnormal_returns.parquet' (format parquet);

      copy (select event_id, n, car, car_se, scar from impacts)
        to '{out}/impacts.parquet' (format parquet);

      copy (
        with whole as (
          select relative_day, count(*) n, sum(abnormal) total
          from abnormal semi join impacts using (event) group by relative_day
        ), whole_so_far as (
          select relative_day, n, sum(total) over (order by relative_day) total from whole
        ), broken as (
          select relative_day, count(*) over w length, sum(abnormal) over w total
          from abnormal anti join impacts using (event)
          window w as (partition by event order by relative_day)
        ), broken_so_far as (
          select relative_day, count(*) n, sum(total) total
          from broken where length = relative_day + 11 group by relative_day
        ), daily as (
          select relative_day, count(*) n, avg(abnormal) aar from abnormal group by relative_day
        )
        select relative_day, daily.n, aar,
               (coalesce(w.total, 0) + coalesce(b.total, 0))
                 / (coalesce(w.n, 0) + coalesce(b.n, 0)) caar
        from daily left join whole_so_far w using (relative_day)
          left join broken_so_far b using (relative_day))
        to '{out}/paths.parquet' (format parquet);

      copy (
        select 'patell' test, count(*) n,
               sum(scar) / sqrt(sum((n - 2) / (n - 4))) statistic from impacts
        union all
        select 'bmp', count(*), sqrt(count(*)) * avg(scar) / stddev_samp(scar) from impacts)
        to '{out}/tests.parquet' (format parquet);
      """;
}
