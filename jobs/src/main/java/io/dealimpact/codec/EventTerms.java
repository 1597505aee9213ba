package io.dealimpact.codec;

import java.util.Map;

/**
 * What an event's row says of its deal and its instrument: the properties of {@link
 * InstrumentRow#getEvent}, read by Spark's bean encoder.
 */
public final class EventTerms {
  private int choice;
  private String dealId;
  private String role;
  private String dealType;
  private Double dealUsd;
  private String valueType;
  private Integer listedParties;
  private String confounders;
  private String exchange;
  private String market;
  private String benchmark;
  private String homeMarket;
  private String sector;
  private Map<String, String> attributes;
  private String sectorSeries;
  private String instrumentStatus;
  private Integer estimationFirst;
  private Integer estimationLast;
  private String estimationUnit;
  private Integer windowFirst;
  private Integer windowLast;

  /** Under which of the choices of a pass the event is measured, from 0. */
  public int getChoice() {
    return choice;
  }

  public void setChoice(int choice) {
    this.choice = choice;
  }

  /** First day of a window that the event names itself, from day 0; null for none. */
  public Integer getWindowFirst() {
    return windowFirst;
  }

  public void setWindowFirst(Integer windowFirst) {
    this.windowFirst = windowFirst;
  }

  /** Its last day. */
  public Integer getWindowLast() {
    return windowLast;
  }

  public void setWindowLast(Integer windowLast) {
    this.windowLast = windowLast;
  }

  /** First day of the event's own estimation window; null for the study's. */
  public Integer getEstimationFirst() {
    return estimationFirst;
  }

  public void setEstimationFirst(Integer estimationFirst) {
    this.estimationFirst = estimationFirst;
  }

  /** Its last day. */
  public Integer getEstimationLast() {
    return estimationLast;
  }

  public void setEstimationLast(Integer estimationLast) {
    this.estimationLast = estimationLast;
  }

  /** What its days are, an {@link io.dealimpact.study.event.OwnEstimation.Unit}. */
  public String getEstimationUnit() {
    return estimationUnit;
  }

  public void setEstimationUnit(String estimationUnit) {
    this.estimationUnit = estimationUnit;
  }

  /** Name of the market that the event is held against. */
  public String getMarket() {
    return market;
  }

  public void setMarket(String market) {
    this.market = market;
  }

  /** Instrument_id of the benchmark. */
  public String getBenchmark() {
    return benchmark;
  }

  public void setBenchmark(String benchmark) {
    this.benchmark = benchmark;
  }

  /** Name of the market that the instrument is held against where an event names none. */
  public String getHomeMarket() {
    return homeMarket;
  }

  public void setHomeMarket(String homeMarket) {
    this.homeMarket = homeMarket;
  }

  /** The instrument's sector; null for a fund, and where it is not known. */
  public String getSector() {
    return sector;
  }

  public void setSector(String sector) {
    this.sector = sector;
  }

  /** Labels and numbers of the event, as delivered. */
  public Map<String, String> getAttributes() {
    return attributes;
  }

  public void setAttributes(Map<String, String> attributes) {
    this.attributes = attributes;
  }

  public String getDealId() {
    return dealId;
  }

  public void setDealId(String dealId) {
    this.dealId = dealId;
  }

  public String getRole() {
    return role;
  }

  public void setRole(String role) {
    this.role = role;
  }

  public String getDealType() {
    return dealType;
  }

  public void setDealType(String dealType) {
    this.dealType = dealType;
  }

  public Double getDealUsd() {
    return dealUsd;
  }

  public void setDealUsd(Double dealUsd) {
    this.dealUsd = dealUsd;
  }

  public Integer getListedParties() {
    return listedParties;
  }

  public void setListedParties(Integer listedParties) {
    this.listedParties = listedParties;
  }

  public String getExchange() {
    return exchange;
  }

  public void setExchange(String exchange) {
    this.exchange = exchange;
  }

  public String getInstrumentStatus() {
    return instrumentStatus;
  }

  public void setInstrumentStatus(String instrumentStatus) {
    this.instrumentStatus = instrumentStatus;
  }

  public String getValueType() {
    return valueType;
  }

  public void setValueType(String valueType) {
    this.valueType = valueType;
  }

  public String getConfounders() {
    return confounders;
  }

  public void setConfounders(String confounders) {
    this.confounders = confounders;
  }

  public String getSectorSeries() {
    return sectorSeries;
  }

  public void setSectorSeries(String sectorSeries) {
    this.sectorSeries = sectorSeries;
  }
}
