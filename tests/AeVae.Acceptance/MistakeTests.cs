using System.Text.Json;

namespace AeVae.Acceptance;

public sealed class MistakeTests : IDisposable
{
    readonly RunnerProgram _runner = new();

    [Fact]
    public void ABrokenFileIsExplainedWithLineAndColumnAndNothingIsStored()
    {
        string file = Path.Combine(_runner.Folder, "broken.yaml");
        File.WriteAllText(file, "data: {dataset: synthetic}\nmodel: {type: vae}\ntrain:\n  epochs: 0\n  learnrate: 1e-3\n");
        Finished run = _runner.Run("run", file);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{file}(4,", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}(5,3)", run.Error, StringComparison.Ordinal);
        Assert.Contains("learning_rate", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_runner.Database));
    }

    [Fact]
    public void ARunThatIsNotThereIsExitCodeFour()
    {
        Assert.Equal(0, _runner.Run("run", _runner.WriteExperiment(epochs: 1), "--quiet", "--no-report").ExitCode);
        Finished show = _runner.Run("show", "nosuchrun");
        Assert.Equal(4, show.ExitCode);
        Assert.Contains("nosuchrun", show.Error, StringComparison.Ordinal);
        Assert.Equal(4, _runner.Run("report", "nosuchrun").ExitCode);
    }

    [Fact]
    public void AColumnThatNoRunHasIsTheUsersMistake()
    {
        Assert.Equal(0, _runner.Run("run", _runner.WriteExperiment(epochs: 1), "--quiet", "--no-report").ExitCode);
        Finished list = _runner.Run("list", "--sort", "val.los");
        Assert.Equal(2, list.ExitCode);
        Assert.Contains("'val.los'", list.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("run")]
    public void ADatabaseThatIsATextFileIsExitCodeFiveAndStaysAsItWas(string command)
    {
        const string text = "This is my shopping list, which is longer than a hundred bytes, so that it cannot be taken for a short header.\n";
        File.WriteAllText(_runner.Database, text);
        Finished refused = command == "run" ? _runner.Run("run", _runner.WriteExperiment()) : _runner.Run(command);
        Assert.Equal(5, refused.ExitCode);
        Assert.Contains(_runner.Database, refused.Error, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_runner.Database));
    }

    [SkippableFact]
    public void AFolderThatCannotBeWrittenIsExitCodeFiveAndNamesTheOption()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no folder that refuses everyone");
        // Root may write into any folder but this one.
        string database = Environment.UserName == "root" ? "/proc/results.db" : Path.Combine(ReadOnlyFolder(), "results.db");
        Finished run = _runner.Run("run", _runner.WriteExperiment(), "--db", database);
        Assert.Equal(5, run.ExitCode);
        Assert.Contains("--db", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ALossThatIsNotFiniteFailsTheRunAndSaysWhatToTry()
    {
        string file = _runner.WriteExperiment(epochs: 3);
        Finished run = _runner.Run("run", file, "--set", "train.optimizer=sgd", "--set", "train.learning_rate=100000", "--set", "loss.reconstruction=mse", "--set", "model.output=identity");
        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Contains("not finite in epoch 1, step ", run.Error, StringComparison.Ordinal);
        Assert.Contains("learning_rate", run.Error, StringComparison.Ordinal);
        using JsonDocument shown = JsonDocument.Parse(_runner.Run("show", "@last", "--json").Output);
        Assert.Equal("failed", shown.RootElement.GetProperty("run").GetProperty("status").GetString());
    }

    string ReadOnlyFolder()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_runner.Folder, "read-only")).FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return folder;
    }

    public void Dispose() => _runner.Dispose();
}
