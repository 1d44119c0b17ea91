using AeVae.Reports;
using AeVae.Reports.Drawing;
using AeVae.Reports.Runs;
using AeVae.Runner.Commands;
using AeVae.Tracking;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Perfolizer.Horology;

namespace AeVae.Benchmarks;

/// <summary>A figure of the report of <c>experiments/vae-2d.yaml</c>, drawn from what results.db stores and turned into the bytes of its file.</summary>
[Config(typeof(FigureSettings))]
public class FigureBenchmarks
{
    static readonly Lazy<IReadOnlyList<Figure>> Report = new(() =>
    {
        using RunQueries queries = RunQueries.Open(Path.Combine(ProjectRoot.Find(AppContext.BaseDirectory), "results.db"));
        return RunFigures.Of(RunData.Read(queries, queries.Resolve("vae-2d")[^1])).Drawn;
    });

    Figure figure = null!;
    PageFormat format = null!;

    public static IEnumerable<string> Figures => Report.Value.Select(figure => figure.Name);

    public static IEnumerable<string> Formats => Cairo.IsAvailable ? ["Png", "Svg"] : ["Svg"];

    /// <summary>Its name in the report.</summary>
    [ParamsSource(nameof(Figures))]
    public string Name { get; set; } = "";

    /// <summary>PNG needs Cairo.</summary>
    [ParamsSource(nameof(Formats))]
    public string Format { get; set; } = "";

    [GlobalSetup]
    public void Setup() => (figure, format) = (Report.Value.Single(one => one.Name == Name), Format == "Png" ? PageFormat.Png : PageFormat.Svg);

    [Benchmark]
    public byte[] Draw()
    {
        using ICanvas canvas = format.Open(figure.Width, figure.Height);
        figure.Draw(canvas);
        return canvas.ToBytes();
    }

    sealed class FigureSettings : ManualConfig
    {
        public FigureSettings()
        {
            AddJob(Job.Default.WithWarmupCount(3).WithIterationCount(9).WithIterationTime(TimeInterval.FromMilliseconds(150)).WithToolchain(InProcessNoEmitToolchain.Instance));
            AddColumn(StatisticColumn.Median);
            HideColumns(Column.Mean, Column.Error);
        }
    }
}
