using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using AeVae.Tracking;
using AeVae.Tracking.Journals;

namespace AeVae.Tests.Runner.Resuming;

/// <summary>What <c>runner resume</c> says when there is nothing to resume, or when it may not.</summary>
public sealed class ResumeCommandTests : IDisposable
{
    const string Experiment = """
        name: laboratory
        data: {dataset: synthetic, validation: 200}
        model: {type: ae, encoder: [10], latent_dim: 3}
        train: {epochs: 2, batch_size: 8}
        """;

    readonly RunLaboratory _laboratory = new(Experiment);

    public void Dispose() => _laboratory.Dispose();

    [Fact]
    public void OfACompletedRunItSaysSoAndWhatToTypeNext()
    {
        string run = _laboratory.Begin();
        (int exitCode, string output, _) = Resume(run, "--no-report");
        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.Contains($"run {run} is completed", output, StringComparison.Ordinal);
        Assert.Contains($"show {run} --db", output, StringComparison.Ordinal);
        Assert.Empty(_laboratory.Stored(run).Detail.Resumptions);
    }

    [Fact]
    public void ARunWhoseEndWaitedInItsJournalIsCompleted()
    {
        string run = _laboratory.Begin(new(2, ByKill: true));
        JournalLine end = JournalLine.Of(new RunEnd(run, DateTimeOffset.UtcNow, RunStatus.Completed, null, null, null, null));
        File.WriteAllBytes(_laboratory.FolderOf(run).JournalPath, (end with { ProcessStart = end.ProcessStart - 1 }).ToBytes());   // as the killed process has

        (int exitCode, string output, string error) = Resume(run, "--no-report");

        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.StartsWith($"run {run} is completed", output, StringComparison.Ordinal);
        Assert.Contains("stored from its journal: the end of the run", error, StringComparison.Ordinal);
        Assert.Empty(_laboratory.Stored(run).Detail.Resumptions);
    }

    [Fact]
    public void TheReportOfACompletedRunIsWrittenIfItIsMissing()
    {
        string run = _laboratory.Begin();
        Assert.Equal(ExitCodes.Ok, Resume(run).ExitCode);
        Assert.Single(Directory.GetFiles(Path.Combine(_laboratory.Folder, "reports"), "report.md", SearchOption.AllDirectories));
    }

    [Fact]
    public void ARunThatIsBeingTrainedIsLeftAlone()
    {
        string run = _laboratory.Begin(new(1, ByKill: true));
        _laboratory.Execute("update run set lease_process_start = lease_process_start + 1");
        AssertRefused(run, $"is being trained by process {Environment.ProcessId} on {Environment.MachineName}; 1 of 2 epochs are done");
    }

    [Fact]
    public void ARunWhoseNumbersWereNotFiniteWouldFailAgain()
    {
        using RunLaboratory unstable = new("""
            name: laboratory
            data: {dataset: synthetic, validation: 200}
            model: {type: ae, encoder: [10], latent_dim: 3, output: identity}
            loss: {reconstruction: mse}
            train: {epochs: 2, batch_size: 8, optimizer: sgd, learning_rate: 1e6}
            """);
        string run = unstable.Begin();
        (int exitCode, _, string error) = Resume(unstable, run);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains("is not finite in epoch 1", error, StringComparison.Ordinal);
        Assert.Contains("would fail there again", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherNumericContractIsRefusedWithTheCommitToGoBackTo()
    {
        string run = _laboratory.Begin(new(1, ByKill: false));
        _laboratory.Execute("update run set numeric_contract = 7; update provenance set git_commit = 'c0ffee0123456789'");
        AssertRefused(run, "by the numeric contract NC-7, this program by NC-1");
        AssertRefused(run, "git checkout c0ffee012345");
    }

    [Fact]
    public void OtherDataAreRefusedWithBothDigests()
    {
        string run = _laboratory.Begin(new(1, ByKill: false));
        AssertRefused(run, "it did not read synthetic");
        _laboratory.Execute("insert into provenance_data_file select id, 'synthetic', 4, 'abcd' from run");
        AssertRefused(run, "synthetic had the SHA-256 abcd, and has ");
    }

    [Fact]
    public void AConfigurationOfAnotherProgramIsRefused()
    {
        string run = _laboratory.Begin(new(1, ByKill: false));
        _laboratory.Execute("update experiment set config_json = replace(config_json, 'latent_dim', 'latents')");
        AssertRefused(run, "the stored configuration of run");
    }

    void AssertRefused(string run, string reason)
    {
        IReadOnlyList<string> before = _laboratory.Bits(run);
        (int exitCode, string output, string error) = Resume(run);
        Assert.Equal(ExitCodes.UserError, exitCode);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Equal("", output);
        Assert.Equal(before, _laboratory.Bits(run));
    }

    (int ExitCode, string Output, string Error) Resume(string run, params string[] options) => Resume(_laboratory, run, options);

    static (int ExitCode, string Output, string Error) Resume(RunLaboratory laboratory, string run, params string[] options)
    {
        using StringWriter output = new(), error = new();
        int exitCode = CommandLine.Run(["resume", run, "--db", laboratory.Database, .. options], output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
