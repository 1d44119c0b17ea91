using System.Globalization;
using AeVae.Compute;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Perfolizer.Horology;

namespace AeVae.Benchmarks;

/// <summary>How benchmarks are run, and what is told of them: median time, GFLOP/s and share of the peak.</summary>
class Settings<TBenchmarks> : ManualConfig where TBenchmarks : ICounted
{
    public Settings() : this(Job.Default.WithWarmupCount(3).WithIterationCount(9).WithIterationTime(TimeInterval.FromMilliseconds(150)))
    {
    }

    protected Settings(Job job)
    {
        // In this process: the generated project of the default toolchain does not know the artifacts folder.
        AddJob(job.WithToolchain(InProcessNoEmitToolchain.Instance));
        AddColumn(
            StatisticColumn.Median,
            new ReportColumn("GFLOP/s", "10⁹ floating-point operations per second by the formula, from the median", report => Number(Throughput(report))),
            new ReportColumn("of peak", "GFLOP/s ÷ what fused multiply-adds with the same registers and threads reach, measured beside the benchmark", ShareOfPeak));
        HideColumns(Column.Mean, Column.Error);
        WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(40));
    }

    static double Throughput(BenchmarkReport report) => TBenchmarks.Operations(report.BenchmarkCase.Parameters) / report.ResultStatistics!.Median;

    static string ShareOfPeak(BenchmarkReport report)
    {
        int threads = (int)report.BenchmarkCase.Parameters["Threads"];
        SimdPath path = (SimdPath?)report.BenchmarkCase.Parameters["Path"] ?? Simd.Path;
        return string.Create(CultureInfo.InvariantCulture, $"{100 * Throughput(report) / Machine.Peak(threads, path):F0} %");
    }

    static string Number(double value) => value.ToString(value < 10 ? "F2" : "F1", CultureInfo.InvariantCulture);
}
