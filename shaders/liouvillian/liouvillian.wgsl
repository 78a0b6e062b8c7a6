// The Liouvillian on a packed vector of either sector, or of both parts of rho = R + iB, matrix-free (src/liouvillian/stencil.ts):
//
//   (L x)[b,r,c] = (diagonal_r + diagonal_c) x[b,r,c]
//                + next_r x[b,r+1,c] + previous_r x[b,r-1,c] + next_c x[b,r,c+1] + previous_c x[b,r,c-1]
//                + sum over emission and the processes more of
//                  stay_r stay_c x[b,r+t,c+t] + above_r above_c x[b-1,r+t+1,c+t+1] + below_r below_c x[b+1,r+t-1,c+t-1]
//
// with t = 1 for L's emission and -1 for its transpose's. Of both parts, (level_r - level_c) B is added to R and as much of R taken from B.
// The antisymmetric B is zero on its diagonals, and stays so. A workgroup holds the tile of `columns` columns and some rows that
// `tiles` lists for it; an invocation owns one column and marches down its rows, so that five of the nine values are
// loaded and four stay in registers. Neighbouring invocations read neighbouring addresses.
//
// Out comes, by `task`:
//   0  y = L x
//   1  y = P ((L - theta) x - sigma sum_d image_d s_d), P = 1/(diagonal_r + diagonal_c - theta - pole), and the partial sum of shadow . y
//
// vectors   f32[slots][unknowns]; x and y are two of its slots
// equationVectors     f32[1 + 2 deflations][unknowns]: shadow, images, functionals
// factors   one Factors for each row of each block, square-rooted rates in the jumps
// moreFactors  two JumpFactors for each row, of pumping and dephasing; one row where neither is on
// scalars   what the reductions left
// partials  f32[products][workgroups at most], of which this leaves the first row
//
// The structs, and the slots, are declared in src/liouvillian/gpu-layout.ts.

override columns: u32 = 32;
override task: u32 = 0;
/// t of emission, the number of processes more, and their t
override emissionShift: i32 = 1;
override others: u32 = 0;
override firstShift: i32 = -1;
override secondShift: i32 = 0;
/// 1 where the vector holds both parts
override coupled: u32 = 0;

@group(0) @binding(0) var<uniform> equation: Equation;
@group(0) @binding(1) var<uniform> step: Step;
@group(0) @binding(2) var<storage, read_write> vectors: array<f32>;
@group(0) @binding(3) var<storage, read> equationVectors: array<f32>;
@group(0) @binding(4) var<storage, read> factors: array<Factors>;
@group(0) @binding(5) var<storage, read> moreFactors: array<JumpFactors>;
@group(0) @binding(6) var<storage, read> tiles: array<Tile>;
@group(0) @binding(7) var<storage, read> scalars: Scalars;
@group(0) @binding(8) var<storage, read_write> partials: array<f32>;

var<workgroup> share: array<f32, columns>;

fn triangle(row: u32) -> u32 {
  return row * (row + 1u) / 2u;
}

/// Row `row` (which may be one of padding beyond the block: its factor is then zero) of the block that starts at `offset`, shifted by
/// `shift` both ways. Held inside the vector, so that a factor of zero meets a finite number.
fn shifted(offset: u32, row: u32, column: u32, shift: i32) -> u32 {
  let r = u32(max(i32(row) + shift, 0));
  return u32(max(i32(offset + triangle(r) + column) + shift, 0));
}

@compute @workgroup_size(columns)
fn apply(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let index = workgroup.x + workgroup.y * workgroups.x;
  let listed = index < arrayLength(&tiles);
  let tile = tiles[min(index, arrayLength(&tiles) - 1u)];
  let column = tile.firstColumn + lane;
  let begin = max(tile.firstRow, column);
  let input = step.input * equation.unknowns;
  let output = step.output * equation.unknowns;
  let last = equation.unknowns - 1u;
  var dot = 0.0;

  if (listed && begin < tile.endRow) {
    let across = factors[tile.rowOffset + column];
    var here = tile.offset + triangle(begin) + column;
    var centre = vectors[input + here];
    // On the diagonal r = c the neighbour (r-1, c) is its mirror image (r, c-1), and (r, c+1) is (r+1, c).
    let mirrored = begin == column;
    var before = vectors[input + select(here - begin, max(here, 1u) - 1u, mirrored)];
    var right = vectors[input + min(last, select(here + 1u, here + begin + 1u, mirrored))];
    for (var row = begin; row < tile.endRow; row++) {
      let down = factors[tile.rowOffset + row];
      let after = vectors[input + min(last, here + row + 1u)];
      let left = vectors[input + max(here, 1u) - 1u];
      let stay = vectors[input + min(last, shifted(tile.offset, row, column, emissionShift))];
      let above = vectors[input + min(last, shifted(tile.aboveOffset, row, column, emissionShift + 1))];
      let below = vectors[input + min(last, shifted(tile.belowOffset, row, column, emissionShift - 1))];
      let diagonal = down.diagonal + across.diagonal;
      var value = diagonal * centre
        + down.next * after + down.previous * before + across.next * right + across.previous * left
        + down.stay * across.stay * stay + down.above * across.above * above + down.below * across.below * below;
      // What dephasing brings back to its own element.
      var standing = 0.0;
      for (var other = 0u; other < others; other++) {
        let shift = select(secondShift, firstShift, other == 0u);
        let a = moreFactors[2u * (tile.rowOffset + row) + other];
        let b = moreFactors[2u * (tile.rowOffset + column) + other];
        value += a.stay * b.stay * vectors[input + min(last, shifted(tile.offset, row, column, shift))]
          + a.above * b.above * vectors[input + min(last, shifted(tile.aboveOffset, row, column, shift + 1))]
          + a.below * b.below * vectors[input + min(last, shifted(tile.belowOffset, row, column, shift - 1))];
        standing += select(0.0, a.stay * b.stay, shift == 0);
      }
      if (coupled == 1u) {
        let half = equation.unknowns / 2u;
        let turn = down.level - across.level;
        if (tile.part == 0u) {
          value += turn * vectors[input + here + half];
        } else {
          value -= turn * vectors[input + here - half];
        }
      }
      value = select(value, 0.0, tile.part == 1u && row == column);
      if (task == 1u) {
        value -= equation.theta * centre;
        for (var d = 0u; d < equation.deflations; d++) {
          value -= equation.sigma * scalars.overlaps[d] * equationVectors[(1u + d) * equation.unknowns + here];
        }
        value /= diagonal + standing - equation.theta - equation.pole;
        dot += value * equationVectors[here];
      }
      vectors[output + here] = value;
      before = centre;
      centre = after;
      here += row + 1u;
      right = vectors[input + min(last, here + 1u)];
    }
  }
  if (task == 1u) {
    share[lane] = dot;
    workgroupBarrier();
    if (lane == 0u && listed) {
      var sum = 0.0;
      for (var i = 0u; i < columns; i++) {
        sum += share[i];
      }
      partials[index] = sum;
    }
  }
}
