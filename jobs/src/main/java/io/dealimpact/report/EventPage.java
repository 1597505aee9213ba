package io.dealimpact.report;

import io.dealimpact.study.event.DayResult;
import io.dealimpact.study.event.Dollars;
import io.dealimpact.study.event.EventCalculation;
import io.dealimpact.study.event.EventInput;
import io.dealimpact.study.event.EventP;
import io.dealimpact.study.event.MeasuredEvent;
import io.dealimpact.study.event.ModelFit;
import io.dealimpact.study.event.OwnHistory;
import io.dealimpact.study.event.RankText;
import io.dealimpact.study.event.WindowResult;
import io.dealimpact.study.market.Announcement;
import io.dealimpact.study.market.EstimationWindow;
import io.dealimpact.study.market.EventWindow;
import io.dealimpact.study.market.PriceHistory;
import io.dealimpact.study.market.PriceKind;
import io.dealimpact.study.market.ReturnKind;
import io.dealimpact.study.market.StudyStatus;
import io.dealimpact.study.market.TradingHours;
import io.dealimpact.study.model.StandardModel;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How one event's numbers came about: inputs, formulas, results, in the order a colleague would
 * check them. Every number is the one in gold; nothing is computed for the page but the sums it
 * shows.
 */
public final class EventPage {
  private final EventCalculation event;
  private final String benchmark;
  private final EventFacts facts;
  private final MeasuredEvent headline;
  private final StringBuilder text = new StringBuilder();
  private int section;

  private EventPage(EventCalculation event, EventFacts facts) {
    this.event = event;
    benchmark = event.models().get(0).input().market().benchmark();
    this.facts = facts;
    this.headline = headline(event);
  }

  /**
   * The page.
   *
   * @param facts what is known of the deal and the shares
   */
  public static String print(EventCalculation event, EventFacts facts) {
    EventPage page = new EventPage(event, facts);
    page.write();
    return page.text.toString();
  }

  /** The event under the model that stands for it. */
  public static MeasuredEvent headline(EventCalculation event) {
    return event.models().stream()
        .filter(model -> model.standing().isHeadline())
        .findFirst()
        .orElseThrow();
  }

  /** The last day of trade before day 0, whose close and share count value the event. */
  public static LocalDate lastTradeDate(EventCalculation event) {
    int index = headline(event).day().lastTrade();
    return index < 0 ? LocalDate.EPOCH : event.calendar().date(index);
  }

  private String model() {
    return headline.result().fit().model().code();
  }

  private void write() {
    EventInput input = headline.input();
    line("%s", input.eventId());
    line(
        "What the deal did to %s, step by step",
        facts.organisation().isEmpty()
            ? String.format(Locale.ROOT, "%s (%s)", event.instrumentId(), input.party().role())
            : String.format(
                Locale.ROOT,
                "%s (%s, %s)",
                facts.organisation(),
                event.instrumentId(),
                input.party().role()));
    line("");
    line("deal        %s", facts.title().isEmpty() ? input.party().dealId() : facts.title());
    line("            %s", facts.terms());
    if (!facts.source().isEmpty()) {
      line("            %s", facts.source());
    }
    answer();
    day(input);
    if (headline.day().status() == StudyStatus.OK) {
      prices();
      fit();
      if (headline.result().fit().status() == StudyStatus.OK) {
        abnormal();
        windows();
        dollars();
      }
      otherNews();
      otherModels();
    }
  }

  /** What the page comes to, in a few lines at its top. */
  private void answer() {
    for (int i = 0; i < headline.result().windows().size(); i++) {
      WindowResult window = headline.result().windows().get(i);
      if (window.window().start() == 0
          && window.window().end() == 0
          && window.status() == StudyStatus.OK) {
        dayZeroAnswer(window, headline.dollars().get(i));
        return;
      }
    }
    String reason = headline.reason();
    line("answer      %s", reason.isEmpty() ? "see the windows" : "not measured: " + reason);
  }

  private void dayZeroAnswer(WindowResult window, Dollars usd) {
    double significance = 1 - event.plan().confidence();
    double actual =
        event.prices()
            .returns(event.plan().price(), event.plan().returns())[headline.day().index()];
    line(
        "answer      on %s %s moved %s; %s of it is not explained by %s",
        date(0),
        event.instrumentId(),
        rounded(actual),
        rounded(window.car()),
        NetOf.explainedBy(model(), headline.standing().sector()));
    if (!Double.isNaN(usd.abnormal().usd())) {
      line(
          "            = %s billion USD, %.0f %% interval [%s, %s]; at the close %s in all",
          billions(usd.abnormal().usd()),
          100 * event.plan().confidence(),
          billions(usd.abnormal().lowUsd()),
          billions(usd.abnormal().highUsd()),
          billions(usd.raw().closeUsd()));
    }
    line(
        "            t = %s, p = %s: %s",
        fixed(window.t(), 2),
        EventP.text(window.p()),
        window.p() < significance ? "more than noise" : "within noise");
    if (!Double.isNaN(usd.split().own().lowUsd())) {
      line(
          "            by its own history: interval [%s, %s], p = %s",
          billions(usd.split().own().lowUsd()),
          billions(usd.split().own().highUsd()),
          EventP.of(window.history().p(), window.history().days(), window.p()).text());
    }
    if (!facts.verdict().isEmpty()) {
      line("            %s", facts.verdict());
    }
    split(usd);
    headline.confounded(window).forEach(news -> line("            %s", news));
  }

  /** Raw change = market + sector + own + the rest. */
  private void split(Dollars usd) {
    if (!Double.isNaN(usd.split().marketUsd())) {
      line(
          "            %s at the close = market %s, sector %s, own %s, the rest %s",
          billions(usd.raw().closeUsd()),
          billions(usd.split().marketUsd()),
          billions(usd.split().sectorUsd()),
          billions(usd.split().own().usd()),
          billions(usd.split().driftUsd()));
    }
  }

  private void day(EventInput input) {
    heading("The event day");
    if (input.announcement() instanceof Announcement.At at) {
      TradingHours hours = TradingHours.of(input.exchange());
      line(
          "announced   %s, %s in %s, where the session ends at %s",
          at.instant(),
          DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
              .withZone(hours.zone())
              .format(at.instant()),
          hours.zone(),
          hours.close());
    } else {
      line(
          "announced   %s, time not known: taken as before the open",
          LocalDate.ofEpochDay(input.announcedEpochDay()));
    }
    if (headline.day().status() == StudyStatus.OK) {
      line("day 0       %s, the first trading day that could react", date(0));
      if (!headline.day().reason().isEmpty()) {
        line("            %s", headline.day().reason());
      }
    }
  }

  private void prices() {
    PriceKind kind = event.plan().price();
    heading("The prices around it");
    line(
        "%s returns from %s; prices in the instrument's currency, split-adjusted",
        event.plan().returns() == ReturnKind.SIMPLE ? "simple" : "log",
        kind == PriceKind.CLOSE ? "close" : "adjusted_close");
    TextTable table =
        new TextTable(
            List.of(
                "day", "date", "open", "high", "low", "close", "return", benchmark + " return"));
    PriceHistory prices = event.prices();
    double[] returns = prices.returns(kind, event.plan().returns());
    for (int day = -2; day <= 2; day++) {
      int i = headline.day().index() + day;
      if (i >= 0 && i < prices.size()) {
        table.add(
            List.of(
                signed(day),
                date(day),
                price(prices.open()[i]),
                price(prices.high()[i]),
                price(prices.low()[i]),
                price(prices.close()[i]),
                percent(returns[i]),
                percent(event.market().benchmark()[i])));
      }
    }
    block(table);
  }

  private void fit() {
    ModelFit fit = headline.result().fit();
    EstimationWindow window = event.plan().estimation();
    heading("The expected return: " + fit.model().code());
    line("%s", fit.model().formula());
    line(
        "estimation  days %d to %d of day 0, %s to %s: M = %d returns (at least %d)%s",
        window.start(),
        window.end(),
        date(window.start()),
        date(window.end()),
        fit.residuals().n(),
        window.minimum(),
        headline.input().own().estimation().isPresent() ? ", the event's own window" : "");
    if (fit.status() != StudyStatus.OK) {
      line("status      %s", headline.reason());
      line("            no model, so no abnormal return, no test and no dollars");
      return;
    }
    for (Map.Entry<String, Double> coefficient : fit.coefficients().entrySet()) {
      line("%-11s %s", coefficient.getKey(), number(coefficient.getValue()));
    }
    line(
        "s           %s a day, the residuals' standard deviation with %d degrees of freedom",
        number(fit.residuals().sigma()), fit.residuals().degreesOfFreedom());
    if (!Double.isNaN(fit.residuals().rSquared())) {
      line("R²          %.4f", fit.residuals().rSquared());
    }
    if (headline.surroundings().overlappingEventDays() > 0) {
      line(
          "note        %d days between them lie in a window of another event of %s; %s",
          headline.surroundings().overlappingEventDays(),
          event.instrumentId(),
          switch (event.plan().otherEvents()) {
            case LEAVE_OUT -> "they are left out of the M returns";
            case KEEP -> "they count like the others (study.other_events)";
          });
    }
  }

  private void abnormal() {
    heading("The abnormal return of each day");
    line("AR = R − E[R]; SAR = AR / (s √C), C = 1 + x'(X'X)⁻¹x (Patell 1976)");
    TextTable table = new TextTable(List.of("day", "date", "R", "E[R]", "AR", "SAR"));
    for (DayResult day : headline.result().days()) {
      if (Math.abs(day.relativeDay()) <= 5) {
        table.add(
            List.of(
                signed(day.relativeDay()),
                event.calendar().date(day.calendarIndex()).toString(),
                percent(day.actual()),
                percent(day.expected()),
                percent(day.abnormal()),
                fixed(day.standardized(), 3)));
      }
    }
    block(table);
    workedDayZero();
  }

  /** The arithmetic of day 0, with the numbers put in. */
  private void workedDayZero() {
    ModelFit fit = headline.result().fit();
    for (DayResult day : headline.result().days()) {
      if (day.relativeDay() == 0 && !Double.isNaN(day.standardized())) {
        if (fit.model() == StandardModel.MARKET_SECTOR) {
          WindowResult window = dayZero();
          line(
              "day 0: E[R] = α %s + market %s + sector %s (%s) = %s",
              percent(window.parts().alpha()),
              percent(window.parts().market()),
              percent(window.parts().sector()),
              headline.standing().sector(),
              percent(day.expected()));
        }
        if (fit.model() == StandardModel.MARKET_MODEL) {
          line(
              "day 0: E[R] = %s + %s × (%s) = %s",
              number(fit.alpha()),
              number(fit.beta()),
              percent(event.market().benchmark()[day.calendarIndex()]),
              percent(day.expected()));
        }
        double correction =
            Math.pow(day.abnormal() / day.standardized() / fit.residuals().sigma(), 2);
        line(
            "       AR = %s − (%s) = %s; C = %s; SAR = %s / (%s × √%s) = %s",
            percent(day.actual()),
            percent(day.expected()),
            percent(day.abnormal()),
            fixed(correction, 6),
            percent(day.abnormal()),
            number(fit.residuals().sigma()),
            fixed(correction, 6),
            fixed(day.standardized(), 4));
      }
    }
  }

  private WindowResult dayZero() {
    return headline.result().windows().stream()
        .filter(window -> window.window().start() == 0 && window.window().end() == 0)
        .findFirst()
        .orElse(WindowResult.builder(new EventWindow(0, 0), StudyStatus.NO_PRICES).build());
  }

  private void windows() {
    heading("The windows");
    line("CAR = Σ AR; S_CAR² = Σσ² + s²·1'X(X'X)⁻¹X'1, the covariance between days included");
    line("(Mikkelson & Partch 1988); t = CAR / S_CAR; BHAR = Π(1+R) − Π(1+E[R])");
    line("placebo p: rank of |CAR| among the instrument's days before it, each with its own fit;");
    line("own-history p: rank of |CAR / S_CAR| among those, for the state of the market;");
    line("windows overlap: an event of L days counts as 1 + 0.4 (L - 1) of them");
    TextTable table =
        new TextTable(
            List.of(
                "window", "CAR", "S_CAR", "t", "df", "p", "BHAR", "placebo p", "own-history p"));
    for (WindowResult w : headline.result().windows()) {
      table.add(
          w.status() == StudyStatus.OK
              ? List.of(
                  w.window().toString(),
                  percent(w.car()),
                  percent(w.carSe()).substring(1),
                  fixed(w.t(), 3),
                  String.valueOf(w.df()),
                  probability(w.p()),
                  percent(w.bhar()),
                  RankText.of(w.placeboP(), w.placeboN()),
                  RankText.of(
                      w.history().p(), w.history().days(), OwnHistory.weight(w.window().length())))
              : List.of(w.window() + " " + w.status(), "", "", "", "", "", "", "", ""));
    }
    block(table);
    for (WindowResult w : headline.result().windows()) {
      if (w.donors().donors() > 0) {
        line(
            "placebo in space over %s, each donor fitted as if it were the instrument: p = %s",
            w.window(), RankText.of(w.donors().p(), w.donors().donors()));
      }
    }
    headline
        .input()
        .own()
        .event()
        .ifPresent(
            own -> {
              line("%s is the event's own window; groups are tested over the study's", own);
              headline.result().windows().stream()
                  .filter(w -> w.window().equals(own) && w.status() != StudyStatus.OK)
                  .forEach(w -> line("%s", w.reason()));
            });
  }

  private void dollars() {
    heading("The dollars");
    int before = headline.day().lastTrade();
    double cap = before < 0 ? Double.NaN : event.marketCapUsd()[before];
    if (Double.isNaN(cap)) {
      line("none: no count of shares and no vendor's value was known before day 0");
      return;
    }
    double close = event.prices().close()[before];
    line(
        "value       %s USD at the close of %s = %s shares known that day × %s%s",
        grouped(cap),
        lastTradeDate(event),
        grouped(cap / (close * event.usdPerUnit()[before])),
        price(close),
        event.usdPerUnit()[before] == 1
            ? ""
            : " × " + number(event.usdPerUnit()[before]) + " USD a unit");
    if (!facts.valueSource().isEmpty()) {
      line("source      %s", facts.valueSource());
    }
    line(
        "raw = shares × change of price; net = CAR × value before the window, interval %.0f %%:",
        100 * event.plan().confidence());
    line("value × (CAR ± t quantile × S_CAR)");
    TextTable table =
        new TextTable(
            List.of(
                "window",
                "value before",
                "at close",
                "at high",
                "at open",
                NetOf.words(model()),
                "from",
                "to",
                "per deal USD"));
    for (int i = 0; i < headline.dollars().size(); i++) {
      Dollars usd = headline.dollars().get(i);
      boolean dayZero = headline.result().windows().get(i).window().toString().equals("[0,0]");
      table.add(
          List.of(
              headline.result().windows().get(i).window().toString(),
              unsigned(usd.marketCapBeforeUsd()),
              billions(usd.raw().closeUsd()),
              billions(usd.raw().highUsd()),
              dayZero ? billions(usd.raw().openUsd()) : "",
              billions(usd.abnormal().usd()),
              billions(usd.abnormal().lowUsd()),
              billions(usd.abnormal().highUsd()),
              fixed(usd.gainPerDealUsd(), 2)));
    }
    line("billions of USD");
    block(table);
    if (headline.surroundings().recordClose()) {
      line("day 0 closed above every earlier close in the lake: a record");
    }
  }

  private void otherNews() {
    heading("Other news of " + event.instrumentId() + " in the windows");
    boolean none = facts.otherNews().isEmpty();
    for (WindowResult window : headline.result().windows()) {
      String label = window.window().toString();
      for (String news : headline.confounded(window)) {
        line("%-10s  %s", label, news);
        label = "";
        none = false;
      }
    }
    if (!facts.otherNews().isEmpty()) {
      line("as the deal's record states it: %s", facts.otherNews());
    }
    if (none) {
      line("none known");
    }
  }

  private void otherModels() {
    if (event.models().stream().filter(m -> m.result().fit().status() == StudyStatus.OK).count()
        < 2) {
      return;
    }
    heading("How far it depends on the model");
    TextTable table =
        new TextTable(List.of("model", "window", "CAR", "t", "p", "net of it, billion USD"));
    for (MeasuredEvent model : event.models()) {
      for (int i = 0; i < model.dollars().size(); i++) {
        WindowResult w = model.result().windows().get(i);
        table.add(
            List.of(
                model.result().fit().model().code(),
                w.window() + (w.status() == StudyStatus.OK ? "" : " " + w.status()),
                percent(w.car()),
                fixed(w.t(), 3),
                probability(w.p()),
                billions(model.dollars().get(i).abnormal().usd())));
      }
    }
    block(table);
  }

  private String date(int relativeDay) {
    int index = headline.day().index() + relativeDay;
    return index >= 0 && index < event.calendar().size()
        ? event.calendar().date(index).toString()
        : "(outside the calendar)";
  }

  private void heading(String title) {
    section++;
    text.append('\n').append(section).append("  ").append(title).append('\n');
  }

  private void line(String format, Object... values) {
    String line = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
    text.append(section == 0 ? line : "   " + line).append('\n');
  }

  private void block(TextTable table) {
    table.print().lines().forEach(row -> text.append("   ").append(row).append('\n'));
  }

  private static String signed(int day) {
    return day == 0 ? "0" : String.format(Locale.ROOT, "%+d", day);
  }

  private static String percent(double fraction) {
    return Double.isNaN(fraction) ? "" : String.format(Locale.ROOT, "%+.4f %%", 100 * fraction);
  }

  private static String rounded(double fraction) {
    return String.format(Locale.ROOT, "%+.2f %%", 100 * fraction);
  }

  private static String price(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.2f", value);
  }

  private static String fixed(double value, int places) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + places + "f", value);
  }

  private static String probability(double p) {
    return Double.isNaN(p) ? "" : EventP.text(p);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.8g", value);
  }

  private static String grouped(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String unsigned(double usd) {
    return Double.isNaN(usd) ? "" : String.format(Locale.ROOT, "%.2f", usd / 1e9);
  }

  private static String billions(double usd) {
    return Double.isNaN(usd) ? "" : String.format(Locale.ROOT, "%+.2f", usd / 1e9);
  }
}
