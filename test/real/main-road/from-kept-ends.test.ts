// Beside the building of the chapters, and in the order in which their ends come to be kept: all that begins at one of
// them. In one file, so that it takes one of the two workers and never waits while another file could go on.

import { slugs } from '../the-workshop.ts';
import { checkpointsOfALab } from './checkpoints-of-a-lab.ts';
import { oneFaultOfEachKind } from './one-fault-of-each-kind.ts';
import { oneMeasure } from './one-measure.ts';
import { restoredEnds } from './restored-ends.ts';

oneFaultOfEachKind();
checkpointsOfALab();
restoredEnds(slugs.slice(0, 5));
oneMeasure();
restoredEnds(slugs.slice(5));
