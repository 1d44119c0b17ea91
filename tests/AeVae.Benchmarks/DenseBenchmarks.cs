using System.Diagnostics.CodeAnalysis;
using AeVae.Compute;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace AeVae.Benchmarks;

/// <summary>The three products of a layer of the 784–400–20 network, at batch 128.</summary>
[Config(typeof(Settings))]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet ends the team through Cleanup")]
public class DenseBenchmarks
{
    const int Batch = 128;

    Matrix x = null!, weight = null!, bias = null!, y = null!, dX = null!, scratch = null!, dWeight = null!;
    ThreadTeam team = null!;

    /// <summary>The caller included.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>in × out.</summary>
    [Params("784x400", "400x20")]
    public string Layer { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        (int inputs, int outputs) = Sizes(Layer);
        (x, weight, bias, y) = (Noise(Batch, inputs), Noise(inputs, outputs), Noise(1, outputs), Noise(Batch, outputs));
        (dX, scratch, dWeight) = (new Matrix(Batch, inputs), new Matrix(outputs, inputs), new Matrix(inputs, outputs));
        team = new ThreadTeam(Threads);
    }

    [GlobalCleanup]
    public void Cleanup() => team.Dispose();

    [Benchmark]
    public void Forward() => DenseKernels.Forward(x, weight, bias, y, team);

    [Benchmark]
    public void InputGradient() => DenseKernels.InputGradient(y, weight, scratch, dX, team);

    [Benchmark]
    public void WeightGradient() => DenseKernels.WeightGradient(x, y, dWeight, team);

    internal static double Operations(string layer) => 2.0 * Batch * Sizes(layer).Inputs * Sizes(layer).Outputs;

    static (int Inputs, int Outputs) Sizes(string layer)
    {
        int[] sizes = [.. layer.Split('x').Select(int.Parse)];
        return (sizes[0], sizes[1]);
    }

    static Matrix Noise(int rows, int columns)
    {
        Matrix matrix = new(rows, columns);
        for (int row = 0; row < rows; row++) new RandomStream(1, "benchmark").FillNormal(matrix.Row(row), 0, (uint)row);
        return matrix;
    }

    sealed class Settings : ManualConfig
    {
        // In this process: the generated project of the default toolchain does not know the artifacts folder.
        public Settings() => AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance)).AddColumn(new ThroughputColumn());
    }

    sealed class ThroughputColumn : IColumn
    {
        public string Id => ColumnName;
        public string ColumnName => "GFLOP/s";
        public bool AlwaysShow => true;
        public ColumnCategory Category => ColumnCategory.Custom;
        public int PriorityInCategory => 0;
        public bool IsNumeric => true;
        public UnitType UnitType => UnitType.Dimensionless;
        public string Legend => "10⁹ floating-point operations per second, from the mean";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
        {
            double? nanoseconds = summary[benchmarkCase]?.ResultStatistics?.Mean;
            return nanoseconds is null ? "-" : (Operations((string)benchmarkCase.Parameters[nameof(Layer)]) / nanoseconds.Value).ToString("F1", summary.GetCultureInfo());
        }

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
        public bool IsAvailable(Summary summary) => true;
    }
}
