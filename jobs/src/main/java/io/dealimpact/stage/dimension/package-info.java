/** Small tables of gold with names for people: of deals, instruments, dates, models, windows. */
package io.dealimpact.stage.dimension;
