using AeVae.Runner.Invocation;
using AeVae.Tests.Runner.Sweeps;

namespace AeVae.Tests.Runner;

/// <summary>An experiment file means its own newest run, whatever other runs are called.</summary>
public sealed class RunArgumentTests : IDisposable
{
    static readonly string Experiment = $$"""
        name: small
        data: {{{SmallImages.Dataset}}, validation: 20, train_limit: 40}
        model: {type: ae, encoder: [10], latent_dim: 3}
        train: {epochs: 1, batch_size: 8}

        """;

    readonly SweepLaboratory _laboratory = new();

    public void Dispose() => _laboratory.Dispose();

    [Fact]
    public void AFileIsMadeOfAStoredRunOrSweep()
    {
        string file = Write("a.yaml", Experiment + "seed: 5\ndescription: 'What: is it?'\n"), again = Path.Combine(_laboratory.Folder, "again.yaml"), sweep = Path.Combine(_laboratory.Folder, "sweep.yaml");
        Run(file);
        Assert.Equal(ExitCodes.Ok, _laboratory.Run("init", "--from", "@last", again).ExitCode);
        Assert.Contains($"# The configuration of run {_laboratory.Sql("select id from run")} (small), with every default; the name small gives the same one.\ndescription: \"What: is it?\"\nseed: 5\n", File.ReadAllText(again), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Ok, _laboratory.Run("run", again, "--set", "name=small", "--needed", "--no-report").ExitCode);
        Assert.Equal("1", _laboratory.Sql("select count(*) from run"));      // it is the same experiment

        string text = Experiment + "sweep: {seeds: [1, 2]}   # two\n";
        Assert.Equal(ExitCodes.Ok, _laboratory.Run("sweep", Write("s.yaml", text), "--no-report", "--set", "data.train_limit=39").ExitCode);
        (int exitCode, _, string error) = _laboratory.Run("init", "--from", "sweep:@last", sweep);
        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Matches("note: what the command set is not in the file: .*--set data.train_limit=39", error);
        Assert.EndsWith($"\n{text}", File.ReadAllText(sweep), StringComparison.Ordinal);

        Assert.Contains("means 3 runs: name one, or a sweep", _laboratory.Run("init", "--from", "where:name=small", "x.yaml").Error, StringComparison.Ordinal);
        Assert.Contains("leave out one of them", _laboratory.Run("init", "--from", "@last", "--template", "ae", "x.yaml").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ATagThatNoRunHasIsNotTakenAwayInSilence()
    {
        Run(Write("a.yaml", Experiment));
        _laboratory.Run("tag", "@last", "--add", "paper");
        Assert.Contains(" has no tag pap\n", _laboratory.Run("tag", "@last", "--remove", "pap").Error, StringComparison.Ordinal);
        Assert.DoesNotContain("has no tag", _laboratory.Run("tag", "@last", "--remove", "paper").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoFilesMayGiveOneName()
    {
        string a = Write("a.yaml", Experiment), b = Write("b.yaml", Experiment + "seed: 5\n");
        Assert.Equal(("0", "5"), (Run(a), Run(b)));
        Assert.Equal(("0", "5"), (SeedOf(a), SeedOf(b)));
    }

    [Fact]
    public void AFileThatWasNeverRunIsNotAnotherOneOfItsName()
    {
        Run(Write("a.yaml", Experiment));
        (int exitCode, _, string error) = _laboratory.Run("show", Write("b.yaml", Experiment + "seed: 5\n"));
        Assert.Equal(ExitCodes.NoSuchRun, exitCode);
        Assert.Contains("The newest one called 'small', as it would be, was made from ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunMayHaveAnotherNameThanItsFile()
    {
        string file = Write("a.yaml", Experiment);
        Assert.Equal(("0", "7"), (Run(file), Run(file, "--seed", "7", "--name", "other")));
        Assert.Equal("7", SeedOf(file));
    }

    [Fact]
    public void AFileThatWasMovedIsFoundByTheNameInIt()
    {
        string file = Write("a.yaml", Experiment);
        Run(file);
        File.Move(file, file = Path.Combine(_laboratory.Folder, "moved.yaml"));
        Assert.Equal("0", SeedOf(file));
    }

    string Write(string name, string text)
    {
        string path = Path.Combine(_laboratory.Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <returns>The seed of the newest run.</returns>
    string? Run(string file, params string[] options)
    {
        (int exitCode, _, string error) = _laboratory.Run(["run", file, "--no-report", .. options]);
        Assert.True(exitCode == ExitCodes.Ok, error);
        return _laboratory.Sql("select seed from run order by started_utc desc limit 1");
    }

    string SeedOf(string selector)
    {
        (int exitCode, string output, string error) = _laboratory.Run("show", selector, "--json");
        Assert.True(exitCode == ExitCodes.Ok, error);
        return System.Text.Json.JsonDocument.Parse(output).RootElement.GetProperty("run").GetProperty("seed").ToString();
    }
}
