import { type Measurement } from '../model/measurement.ts';

/** A measurement, and where it was made. */
export interface MeasuredLab extends Measurement {
  readonly lab: string;
  readonly edition: string;
}
