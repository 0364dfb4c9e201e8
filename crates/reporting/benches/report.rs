//! How fast reports are made: a short one and a long one, in Vietnamese; the throughput is in pages.

#[path = "../tests/samples/mod.rs"]
mod samples;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ketnoi_domain::Lang;
use ketnoi_reporting::{Definition, Options, model, render};

fn reports(c: &mut Criterion) {
    let definition = Definition::builtin("programme-summary").expect("the definition is built in");
    let options = Options::default();
    let mut all = samples::all();
    all.push(("long", samples::full(620, 2_000)));
    let mut group = c.benchmark_group("report");
    group.sample_size(20);
    for (name, snapshot) in &all {
        let pages = render(&definition, snapshot, Lang::Vi, &options).expect("the sample is sound").pages;
        group.throughput(Throughput::Elements(pages as u64));
        group.bench_function(format!("{name}, {pages} pages"), |b| {
            b.iter(|| render(&definition, snapshot, Lang::Vi, &options));
        });
        group.bench_function(format!("{name}, model only"), |b| {
            b.iter(|| model::build(&definition, snapshot, Lang::Vi, &options));
        });
    }
    group.finish();
}

criterion_group!(benches, reports);
criterion_main!(benches);
