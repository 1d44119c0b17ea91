using System.Text.Json;
using AeVae.Reports;
using AeVae.Reports.Runs;
using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using AeVae.Tests.Reports;
using AeVae.Tests.Reports.Comparisons;
using AeVae.Tracking;

namespace AeVae.Tests.Runner;

public sealed class ReportFormatTests : CommandTest
{
    [Fact]
    public void TheJsonOfARunHoldsEveryStoredNumberToTheLastBit()
    {
        string id = Store([FakeRun.Full(3)]).Single();
        JsonElement run = Json("report", id).GetProperty("runs")[0];
        using RunQueries queries = RunQueries.Open(Database);
        IReadOnlyDictionary<MetricKey, IReadOnlyList<SeriesPoint>> stored = queries.GetSeries(id);

        Assert.Equal(id, run.GetProperty("run").GetProperty("id").GetString());
        Assert.Equal(stored.Count, run.GetProperty("series").EnumerateObject().Count());
        Assert.All(stored, series =>
        {
            JsonElement written = run.GetProperty("series").GetProperty(series.Key.ToString());
            Assert.Equal(series.Value.Select(p => p.Epoch), written.GetProperty("epochs").EnumerateArray().Select(e => e.GetInt32()));
            Assert.Equal(series.Value.Select(p => BitConverter.DoubleToInt64Bits(p.Value)), written.GetProperty("values").EnumerateArray().Select(v => BitConverter.DoubleToInt64Bits(v.GetDouble())));
        });
        Assert.Equal(queries.Get(id).Metrics.Select(m => m.Last), run.GetProperty("metrics").EnumerateArray().Select(m => m.GetProperty("last").GetDouble()));
    }

    [Fact]
    public void TheJsonOfSeveralRunsHoldsEveryMetricOfEachGroup()
    {
        string[] ids = Store([FakeRun.Full(3).Seed(1, 1), FakeRun.Full(3).Seed(2, 2), FakeRun.Full(3).Set("train.batch_size", "8").Seed(1, 4)]);
        JsonElement comparison = Json(["report", .. ids]).GetProperty("comparison");
        JsonElement bce = comparison.GetProperty("groups")[0].GetProperty("metrics").GetProperty("test.bce");
        using RunQueries queries = RunQueries.Open(Database);
        double[] values = [.. ids.Take(2).Select(id => queries.Get(id).Metrics.Single(m => m is { Split: "test", Name: "bce" }).Last)];

        Assert.Equal(2, bce.GetProperty("count").GetInt32());
        Assert.Equal(values.Average(), bce.GetProperty("mean").GetDouble(), 1e-9);
        Assert.Equal(values.Average() - 0.5 * 12.706204736, bce.GetProperty("interval")[0].GetDouble(), 1e-6);   // t of one degree of freedom · s/√2, s = 1/√2
        Assert.Equal("train.batch_size", comparison.GetProperty("differing_keys")[0].GetString());
    }

    [Fact]
    public void AReportComparesAsItIsTold()
    {
        string[] ids = Store([FakeRun.Full(3).Seed(1, 1), FakeRun.Full(3).Seed(2, 2), FakeRun.Full(3).Set("train.batch_size", "8").Seed(1, 4), FakeRun.Full(3).Set("model.latent_dim", "8").Seed(1, 5)]);
        string[] chosen = ["--group-by", "train.batch_size", "--metric", "val.loss", "--baseline", ids[2]];

        JsonElement comparison = Json(["report", .. ids, .. chosen]).GetProperty("comparison");
        (int exitCode, string written, string error) = Run(["report", .. ids, .. chosen, "-q"]);

        Assert.Equal(("val.loss", 2), (comparison.GetProperty("metric").GetString(), comparison.GetProperty("groups").GetArrayLength()));
        Assert.Equal(comparison.GetProperty("groups").EnumerateArray().Single(group => group.GetProperty("count").GetInt32() == 1).GetProperty("label").GetString(), comparison.GetProperty("baseline").GetString());
        Assert.True(exitCode == ExitCodes.Ok, error);
        Assert.EndsWith($"-by-train.batch_size-val.loss-beside-{ids[2][^4..]}", Path.GetDirectoryName(written), StringComparison.Ordinal);
        string report = File.ReadAllText(written.Trim());
        Assert.Contains("Against the baseline", report, StringComparison.Ordinal);
        Assert.Contains("which may differ in more than the seed", report, StringComparison.Ordinal);
        Assert.DoesNotContain("3 seeds", report, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.UserError, Run("report", ids[0], "--metric", "val.loss").ExitCode);
        Assert.Equal(ExitCodes.UserError, Run(["report", .. ids, "--metric", "val.nope"]).ExitCode);
    }

    [Fact]
    public void AFileIsNoFolderForAReport()
    {
        string id = Store([FakeRun.Full(3)]).Single(), file = Path.Combine(Folder, "taken");
        File.WriteAllText(file, "mine");
        using StringWriter output = new(), error = new();
        Assert.Equal(ExitCodes.Storage, CommandLine.Run(["report", id, "-o", file, "--db", Database], output, error));
        Assert.StartsWith($"error: the report cannot be written: '{file}' is a file, not a folder. Name a folder: ", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void TheFolderOfAComparisonCanBeMadeHoweverLongTheNamesOfItsRuns()
    {
        string[] ids = Store([Named('a'), Named('b')]);
        (int exitCode, _, string error) = Run(["report", .. ids, "--format", "html"]);
        Assert.True(exitCode == ExitCodes.Ok, error);
        Assert.StartsWith("compare-aaa", Path.GetFileName(Assert.Single(Directory.GetDirectories(Path.Combine(Folder, "reports")))), StringComparison.Ordinal);

        static RunData Named(char letter)
        {
            RunData run = FakeRun.Full(3);
            return run with { Detail = run.Detail with { Run = run.Detail.Run with { Name = new(letter, 145) } } };   // experiment 100, variant 40, number 3
        }
    }

    [Fact]
    public void ANumberThatIsNoneIsWrittenAsText()
    {
        RunData run = FakeRun.Full(2);
        string id = Store([run with { Series = new(new Dictionary<MetricKey, IReadOnlyList<SeriesPoint>> { [new("train", "loss")] = [new(1, 3.5), new(2, double.NaN)] }) }]).Single();

        Assert.Equal("NaN", Json("report", id).GetProperty("runs")[0].GetProperty("series").GetProperty("train.loss").GetProperty("values")[1].GetString());
    }

    [Theory]
    [InlineData("json")]
    [InlineData("html")]
    public void AFolderGetsTheSameFileTwice(string format)
    {
        string id = Store([FakeRun.Full(3)]).Single();
        string file = Path.Combine(Folder, "out", "report." + format);
        (int exitCode, string output, _) = Run("report", id, "--format", format, "-o", Path.Combine(Folder, "out"), "--quiet");
        byte[] first = File.ReadAllBytes(file);
        Run("report", id, "--format", format, "-o", Path.Combine(Folder, "out"));

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.EndsWith($"report.{format}\n", output, StringComparison.Ordinal);
        Assert.Equal(first, File.ReadAllBytes(file));
    }

    [SkippableTheory]
    [InlineData("/proc/x", "no folder can be made or written at '/proc/x'. Name another folder: ")]
    [InlineData("/dev/null/x", "written to '/dev/null/x': '/dev/null' is a file, not a folder. Name a folder: ")]
    public void AFolderThatCannotBeMadeIsNamed(string output, string expected)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "these paths are those of Linux");
        string id = Store([FakeRun.Full(3)]).Single();

        Assert.All(["markdown", "html", "json"], format =>
        {
            (int exitCode, _, string error) = Run("report", id, "--format", format, "-o", output);
            Assert.Equal(ExitCodes.Storage, exitCode);
            Assert.Contains(expected, error, StringComparison.Ordinal);
            Assert.Contains(output, error, StringComparison.Ordinal);
            Assert.DoesNotContain("find file", error, StringComparison.Ordinal);
        });
    }

    [SkippableFact]
    public void AnimationsAreGifWhereAsked()
    {
        Skip.IfNot(ReportFigures.CanBePngAndPdf, "libcairo.so.2 is not installed");
        string id = Store([FakeRun.Full(3)]).Single(), written = Path.Combine(Folder, "out");

        Assert.Equal(ExitCodes.Ok, Run("report", id, "-o", written).ExitCode);
        Assert.True(File.Exists(Path.Combine(written, "latent_motion.png")));
        Assert.Equal(ExitCodes.Ok, Run("report", id, "--gif", "-o", written).ExitCode);
        Assert.Equal("GIF89a"u8.ToArray(), File.ReadAllBytes(Path.Combine(written, "latent_motion.gif"))[..6]);
        Assert.Contains("latent_motion.gif", File.ReadAllText(Path.Combine(written, "report.md")), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, Run("report", id, "--gif", "--format", "html", "-o", written).ExitCode);
        Assert.Contains("data:image/gif;base64,", File.ReadAllText(Path.Combine(written, "report.html")), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void FiguresAreSvgOrPdfWhereAsked()
    {
        Skip.IfNot(ReportFigures.CanBePngAndPdf, "libcairo.so.2 is not installed");
        string id = Store([FakeRun.Full(3)]).Single(), written = Path.Combine(Folder, "out");

        Assert.Equal(ExitCodes.Ok, Run("report", id, "-o", written).ExitCode);
        Assert.Equal(ExitCodes.Ok, Run("report", id, "--svg", "-o", written).ExitCode);
        Assert.True(File.Exists(Path.Combine(written, "loss.svg")));
        Assert.False(File.Exists(Path.Combine(written, "loss.png")));
        Assert.True(File.Exists(Path.Combine(written, "latent_motion.png")));     // an animation
        Assert.Contains("loss.svg", File.ReadAllText(Path.Combine(written, "report.md")), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, Run("report", id, "--format", "latex", "-o", written).ExitCode);
        Assert.True(File.Exists(Path.Combine(written, "loss.pdf")));
        Assert.True(File.Exists(Path.Combine(written, "loss.svg")));
        Assert.Contains("{loss.pdf}", File.ReadAllText(Path.Combine(written, "report.tex")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--svg", "html", "those of html are SVG in any case")]
    [InlineData("--svg", "latex", "those of latex are PDF")]
    [InlineData("--svg", "json", "json has none")]
    [InlineData("--gif", "latex", "a page of --format latex does not move")]
    public void AFormWithoutMeaningIsRefused(string option, string format, string reason)
    {
        string id = Store([FakeRun.Full(3)]).Single();
        (int exitCode, string output, string error) = Run("report", id, option, "--format", format, "-o", Path.Combine(Folder, "out"));

        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Contains($"report {id} {option}", error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.False(Directory.Exists(Path.Combine(Folder, "out")));
    }

    [Theory]
    [InlineData(1, "json", "--gif: the numbers of --format json hold no animation.")]
    [InlineData(2, "markdown", "--gif: only the report of a single run has animations, and this one is of several.")]
    [InlineData(2, "html", "--gif: only the report of a single run has animations, and this one is of several.")]
    public void GifIsRefusedWhereNothingMoves(int runs, string format, string reason)
    {
        string[] ids = Store([.. Enumerable.Range(1, runs).Select(seed => FakeRun.Full(3).Seed((ulong)seed, seed))]);
        (int exitCode, string output, string error) = Run(["report", .. ids, "--gif", "--format", format, "-o", Path.Combine(Folder, "out")]);

        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Contains($"report {ids[0]} --gif", error, StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.False(Directory.Exists(Path.Combine(Folder, "out")));
    }

    JsonElement Json(params string[] arguments) => JsonDocument.Parse(Run([.. arguments, "--format", "json"]).Output).RootElement;
}
