using System.Diagnostics.CodeAnalysis;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Data.Batches;
using AeVae.Models;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Parameters;

namespace AeVae.Benchmarks;

/// <summary>One training step of the reference recipe, each time on other images.</summary>
[Config(typeof(StepSettings))]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet ends the team through Cleanup")]
public class StepBenchmarks : ICounted
{
    const int Images = 6_000;

    static readonly Dictionary<string, long> AllocatedBytes = [];

    ThreadTeam team = null!;
    Trainer trainer = null!;
    int[] order = [];
    int next;

    /// <summary>Images per step.</summary>
    [Params(128, 64)]
    public int Batch { get; set; }

    /// <summary>Registers.</summary>
    [ParamsSource(nameof(Paths))]
    public SimdPath Path { get; set; }

    /// <summary>The caller included.</summary>
    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    public static IEnumerable<SimdPath> Paths => Machine.Paths;

    public static IEnumerable<int> ThreadCounts => Machine.ThreadCounts;

    public static double Operations(ParameterInstances parameters) => ReferenceStep.OperationsOf((int)parameters[nameof(Batch)]);

    [GlobalSetup]
    public void Setup()
    {
        team = Machine.Team(Threads, Path);
        ExperimentSettings settings = ReferenceStep.Settings(Batch);
        Splits digits = ReferenceStep.Digits(Images);
        trainer = new Trainer(settings, digits, team);
        order = EpochOrder.Draw(Images, settings.Seed, epoch: 1);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        // Not by BenchmarkDotNet's diagnoser, which finds some of its own bytes in steps as long as these.
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < 4; i++) Step();
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        AllocatedBytes[Key(Batch, Path, Threads)] = allocated;
        team.Dispose();
    }

    [Benchmark]
    public void Step()
    {
        if (next + Batch > Images) next = 0;
        trainer.TrainStep(order.AsSpan(next, Batch), learningRate: 1e-3, klWeight: 1);
        next += Batch;
    }

    static string Key(object batch, object path, object threads) => $"{batch} {path} {threads}";

    sealed class StepSettings : Settings<StepBenchmarks>
    {
        public StepSettings() => AddColumn(new ReportColumn("allocated", "Managed memory that four warm steps allocate, on all threads",
            report => $"{AllocatedBytes[Key(report.BenchmarkCase.Parameters[nameof(Batch)], report.BenchmarkCase.Parameters[nameof(Path)], report.BenchmarkCase.Parameters[nameof(Threads)])]} B"));
    }
}
