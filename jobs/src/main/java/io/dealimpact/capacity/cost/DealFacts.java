package io.dealimpact.capacity.cost;

import io.dealimpact.capacity.GpuModel;
import io.dealimpact.capacity.QuantityRange;
import java.util.Optional;

/**
 * What is known of one deal, for its economics. Whatever is not known is empty.
 *
 * @param dealId the deal
 * @param valueUsd contract value, USD; for contracts only: equity, backlog and capex are no price
 *     of capacity
 * @param termYears term, years
 * @param powerGw power promised, GW, as stated
 * @param gpus GPUs promised, as stated
 * @param model the GPU model
 * @param gainedUsd market value gained by a party, USD, with its confidence interval
 */
public record DealFacts(
    String dealId,
    Optional<QuantityRange> valueUsd,
    Optional<QuantityRange> termYears,
    Optional<QuantityRange> powerGw,
    Optional<QuantityRange> gpus,
    Optional<GpuModel> model,
    Optional<QuantityRange> gainedUsd) {}
