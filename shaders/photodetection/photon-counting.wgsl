#import "ensemble/ensemble"
#import "photodetection/state"
#import "photodetection/channels"

// What photodetection records of its photons besides their number: counts in each sampling interval, every jump of the
// first trajectories, and the delay correlation of the collective output,
//
//   g2(tau) = <S_+ S_+(tau) S_-(tau) S_-> / <S_+ S_->^2.
//
// No second photon is waited for: after a photon at t, the chance per time of another at t + tau is the state's own
// rate I = gamma_1D <S_+ S_->, so the mean of I over all delays after photons is the numerator with far less noise.
// The window after the burn-in is cut into bins of `delayBin`. At each bin's end I is read, and joined with the photons
// of the bin itself (delays up to one bin), of the bin before it (one to two), and so on: each delay bin holds the
// exact mean of g2 over its delays. For g2(0) the rate is read right after each photon.

/// Delay bins of g2; 0 when it is not asked for.
override delayBins: u32 = 0u;
override delayBin: f32 = 1.0;
/// Bins in the window, the last of which ends before the trajectory.
override windowBins: u32 = 0u;
/// Jumps that are kept of a trajectory whose jumps are; 0 when none are.
override jumpsKept: u32 = 0u;

/// Numbers of a walker [row][walker]: time left in the bin, bins finished, photons of the last `delayBins` bins in turn.
/// Then of the batch's first trajectories how many jumps each made, and [trajectory][jump] as two words:
/// 16 * next sample + channel, and the time left to that sample. Times and photons are f32.
@group(0) @binding(8) var<storage, read_write> photonStore: array<u32>;

const never = 1e30;

/// Rows of the record (src/trajectories/photon-plan.ts): photons [kind][interval after the burn-in], kind 0 collective and
/// 1 individual; sums over bins of I, and over photons of I at each delay.
fn intervals() -> u32 { return ensemble.slots - 1u - ensemble.burnInSlots; }
fn rowOfDelays() -> u32 { return ensemble.rowOfIntensity + 1u; }   // g2(0), then the delay bins

fn stored(i: u32) -> f32 { return bitcast<f32>(photonStore[i]); }
fn store(i: u32, value: f32) { photonStore[i] = bitcast<u32>(value); }

fn left(id: u32) -> u32 { return id; }
fn finished(id: u32) -> u32 { return walkerCount + id; }
fn photons(id: u32, bin: u32) -> u32 { return (2u + bin % max(delayBins, 1u)) * walkerCount + id; }

/// The bins begin with the window; before it none ends.
fn stopBins(id: u32) {
  store(left(id), never);
  store(finished(id), 0.0);
}

fn startBins(id: u32) {
  store(left(id), delayBin);
  for (var k = 0u; k < delayBins; k++) { store(photons(id, k), 0.0); }
}

fn firstRecord() -> u32 { return select(0u, (2u + delayBins) * walkerCount, delayBins > 0u); }

fn binsAreOpen(id: u32) -> bool { return stored(left(id)) < never; }

/// Time h has gone by, at the end of which the rate of collective photons is `intensity`.
fn passBins(id: u32, trajectory: u32, h: f32, intensity: f32) {
  let remaining = stored(left(id)) - h;
  store(left(id), remaining);
  if (remaining > 0.0) { return; }
  let last = u32(stored(finished(id)));
  add(ensemble.rowOfIntensity, trajectory, intensity);
  for (var k = 0u; k < min(delayBins, last + 1u); k++) {
    add(rowOfDelays() + 1u + k, trajectory, intensity * stored(photons(id, last - k)));
  }
  store(finished(id), f32(last + 1u));
  store(left(id), select(never, delayBin, last + 1u < windowBins));
  store(photons(id, last + 1u), 0.0);
}

/// The rate of collective photons right after one.
fn intensityAfterPhoton(id: u32, block: Block) -> f32 {
  var before = 0.0;
  var after = 0.0;
  for (var r = 1u; r < block.dim; r++) {
    let x = psi[amplitude(id, r)];
    let weight = realPart(joined(x, f32(r * (block.dim - r)) * x));
    before += weight;
    after += f32((r - 1u) * (block.dim - r + 1u)) * weight;
  }
  return gamma1D * after / before;
}

/// Takes a jump into all of this, before the state changes. `walker.slot` is the next sample's.
fn recordJump(id: u32, walker: Walker, block: Block, channel: u32, isDetected: bool) {
  if (walker.slot > ensemble.burnInSlots) { add(ensemble.rowOfJumps + channel, walker.trajectory, 1.0); }
  if (!isDetected || !jumpsTogether) { return; }
  if (walker.slot > ensemble.burnInSlots) {
    let interval = walker.slot - ensemble.burnInSlots - 1u;
    let kind = select(1u, 0u, channel == 0u);
    // Of the channels of emission.
    if (channel < kinds) { add(ensemble.rowOfCounts + kind * intervals() + interval, walker.trajectory, 1.0); }
  }
  if (delayBins > 0u && channel == 0u && binsAreOpen(id)) {
    let bin = photons(id, u32(stored(finished(id))));
    store(bin, stored(bin) + 1.0);
    add(rowOfDelays(), walker.trajectory, intensityAfterPhoton(id, block));
  }
  if (walker.trajectory < ensemble.recorded) {
    let count = firstRecord() + walker.trajectory;
    let place = photonStore[count];
    photonStore[count] = place + 1u;
    if (place < jumpsKept) {
      let i = firstRecord() + ensemble.recorded + 2u * (walker.trajectory * jumpsKept + place);
      photonStore[i] = 16u * walker.slot + channel;
      photonStore[i + 1u] = bitcast<u32>(walker.untilSample);
    }
  }
}
