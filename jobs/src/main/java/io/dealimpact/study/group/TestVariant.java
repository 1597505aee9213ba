package io.dealimpact.study.group;

/**
 * Which form of a test: the textbook's, or that of a named peer or option. Every variant but the
 * textbook is computed only where {@link GroupSpec} asks for it.
 */
public enum TestVariant {
  /** As in the references of the statistics page. */
  TEXTBOOK("textbook"),
  /**
   * The R package estudy2: the residual standard deviation is over M − 1; Patell's scale counts all
   * columns; the market's mean and scatter are over all days of the estimation window; rank and
   * sign tests divide by the mean number of days; p̂ is pooled over all cells; the Wilcoxon
   * statistic is the raw rank sum; Brown &amp; Warner 1980 and Lamb 1995 besides.
   */
  ESTUDY2("estudy2"),
  /**
   * Stata's eventstudy2 (T. Kaspereit): prediction errors to the power ½, windows weighted by
   * 1/√day, r̄ pair by pair, its own degrees of freedom; see {@link EventStudy2Statistics}, which
   * says what is not reproduced. It keeps events whole, up to 5,000 of a group.
   */
  EVENTSTUDY2("eventstudy2"),
  /**
   * Stata's estudy (Pacicco, Vena &amp; Venegoni): variances over M − 1, normal p for bmp, CAARs of
   * averaged e^AR; see {@link EstudyStatistics}. It keeps events whole, up to 5,000 of a group.
   */
  ESTUDY("estudy"),
  /**
   * SAS, the macro EVTSTUDY of WRDS (after Boehmer, Broussard &amp; Kallunki 2002): SCAR =
   * CAR/(s√L) with s the root mean square error, the error of the estimate and the days' covariance
   * left out; patell √N·mean(SCAR) with unit variance for q; bmp the t of SCAR; sign counts a CAR
   * of 0 as not positive and does not leave it out; cross-sectional-t is the textbook's. Not
   * reproduced: s of its market-adjusted model, which is that of the raw returns (ours is that of R
   * − R_m); its CARs over windows with days missing. Eventus, another SAS program, prints what its
   * manual takes from Patell 1976, Cowan 1992 and Boehmer et al. 1991: patell-csar, patell, bmp,
   * generalized-sign and corrado-rank of the textbook.
   */
  SAS("sas"),
  /**
   * The service eventstudytools.com: AR and S_AR = s√C rounded to 4 decimals before testing; for
   * one day the AAR of cross-sectional-t rounded as well; Patell's windows as patell-csar. Not
   * reproduced: its rank, skewness and generalised sign tests, the adjusted ones (their factors are
   * wrong), BMP of windows, ABHAR.
   */
  EVENT_STUDY_TOOLS("eventstudytools"),
  /**
   * BMP and adjusted BMP on AR/σ_t without the forecast-error correction, windows as Σ AR_t/σ_t;
   * Corrado's S about the mean rank with T − 1. The peer of the golden literals.
   */
  UNCORRECTED("uncorrected"),
  /** Adjusted Patell with the factor of the adjusted BMP, √((1−r̄)/(1+(N−1)r̄)). */
  BMP_FACTOR("bmp-factor"),
  /** Wilcoxon with the normal p-value at any n. */
  NORMAL("normal"),
  /** Wilcoxon's statistic as the sum of the ranks of the positive values. */
  RANK_SUM("rank-sum"),
  /** r̄ by calendar day, a pair without common days counting as uncorrelated. */
  CALENDAR("calendar"),
  /** r̄ pair by pair over each pair's common days: {@link PairwiseCorrelation}. */
  PAIRWISE("pairwise"),
  /** Calendar-time portfolios of standardised abnormal returns, Σ SAR/√n_t (Mandelker 1974). */
  STANDARDIZED("standardized");

  private final String label;

  TestVariant(String label) {
    this.label = label;
  }

  /** The value of the column {@code variant}. */
  public String label() {
    return label;
  }
}
