//! Seeded chance: the same seed gives the same documents on every machine.

/// SplitMix64.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x1234_5678))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to n − 1; 0 if n is 0.
    pub fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.next() % n as u64) as usize }
    }

    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True once in n times.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }

    /// Some of the items, at least `least`, in their order.
    pub fn some<T: Clone>(&mut self, items: &[T], least: usize) -> Vec<T> {
        let mut places: Vec<usize> = (0..items.len()).collect();
        self.shuffle(&mut places);
        let least = least.min(items.len());
        places.truncate(self.between(least, items.len()));
        places.sort_unstable();
        places.into_iter().map(|at| items[at].clone()).collect()
    }

    /// Parts of a whole, each a multiple of `grain` but the last.
    pub fn parts(&mut self, whole: i128, count: usize, grain: i128) -> Vec<i128> {
        let mut left = whole;
        let mut parts = Vec::new();
        for _ in 1..count {
            let steps = left / grain;
            let part = match self.below(4) {
                0 => 0,
                1 => left / 2 / grain * grain,
                _ => (self.next() as i128).rem_euclid(steps + 1) * grain,
            };
            parts.push(part);
            left -= part;
        }
        parts.push(left);
        self.shuffle(&mut parts);
        parts
    }
}

/// One, in the units of the generators.
pub const ONE: i128 = 1_000_000_000_000;

/// A decimal as a document writes it.
pub fn written(units: i128) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let (front, back) = (units.abs() / ONE, units.abs() % ONE);
    if back == 0 {
        return format!("{sign}{front}");
    }
    let back = format!("{back:012}");
    format!("{sign}{front}.{}", back.trim_end_matches('0'))
}
