using System.Diagnostics.CodeAnalysis;
using AeVae.Compute;
using AeVae.Models;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Parameters;

namespace AeVae.Benchmarks;

/// <summary>One epoch of 60,000 images as a run makes it, with the digests and the captured state at its end and without an evaluation.</summary>
[Config(typeof(EpochSettings))]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet ends the team through Cleanup")]
public class EpochBenchmarks : ICounted
{
    const int Images = 60_000;

    ThreadTeam team = null!;
    IEnumerator<EpochResult> epochs = null!;

    /// <summary>Images per step.</summary>
    [Params(128, 64)]
    public int Batch { get; set; }

    /// <summary>The caller included.</summary>
    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    public static IEnumerable<int> ThreadCounts => Machine.ThreadCounts;

    public static double Operations(ParameterInstances parameters) => ReferenceStep.OperationsOf(Images);

    [GlobalSetup]
    public void Setup()
    {
        team = Machine.Team(Threads, Simd.Path);
        epochs = new Trainer(ReferenceStep.Settings(Batch), ReferenceStep.Digits(Images), team).Run(CancellationToken.None).GetEnumerator();
    }

    [GlobalCleanup]
    public void Cleanup() => team.Dispose();

    [Benchmark]
    public bool Epoch() => epochs.MoveNext();

    sealed class EpochSettings() : Settings<EpochBenchmarks>(Job.Default.WithStrategy(RunStrategy.Monitoring).WithWarmupCount(1).WithIterationCount(5));
}
