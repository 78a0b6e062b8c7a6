#import "ensemble/ensemble"

/// Takes the zeros of the m that the block does not have into the average of P_m.
fn averageRest(walker: Walker) {
  for (var i = lane; i < walker.block; i += lanes) { average(ensemble.rowOfPm + i, walker, 0.0); }
  for (var i = atoms - walker.block + 1u + lane; i <= atoms; i += lanes) { average(ensemble.rowOfPm + i, walker, 0.0); }
}
