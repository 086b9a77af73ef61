// The images and package pools of this machine: what is there, where it lies, and how it comes there.

import { access, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { type Announce } from '../../../model/events.ts';
import { type EditionName } from '../../../model/ids.ts';
import { words } from '../../../model/words.ts';
import { type Edition, type ImageDefinition, type Workshop } from '../../../model/workshop.ts';
import { waitForLock } from '../../../process/hold-lock.ts';
import { type StartProgram } from '../../../process/run-program.ts';
