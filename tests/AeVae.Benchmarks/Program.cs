using AeVae.Benchmarks;
using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(DenseBenchmarks).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args);
