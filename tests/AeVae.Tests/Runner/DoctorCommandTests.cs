using System.Text.Json.Nodes;
using AeVae.Compute;
using AeVae.Runner.Commands;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Tests.Tracking;
using AeVae.Tracking;
using AeVae.Tracking.Journals;

namespace AeVae.Tests.Runner;

public sealed class DoctorCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aevae").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ItSaysHowFastTheMachineIsAndWhereThingsAre()
    {
        string[] lines = Run("doctor", "--db", Path.Combine(_folder, "results.db"), "--data", _folder).Split('\n', StringSplitOptions.TrimEntries);

        Assert.Contains(lines, line => line.StartsWith("processor   ", StringComparison.Ordinal));
        Assert.Contains($"arithmetic  {Simd.Path}", lines);
        Assert.Contains(lines, line => line.StartsWith("threads ", StringComparison.Ordinal));
        Assert.Contains($"database    {Path.Combine(_folder, "results.db")} (not there yet)", lines);
        Assert.Contains($"data        {_folder}", lines);
        Assert.Contains(lines, line => line.StartsWith("peak ", StringComparison.Ordinal) && line.Contains(" GFLOP/s of fused multiply-adds on 1 thread", StringComparison.Ordinal));
        int step = Assert.Single(Enumerable.Range(0, lines.Length), i => lines[i].StartsWith("step ", StringComparison.Ordinal));
        Assert.Matches(@"^step +\d+\.\d\d ms, \d+ GFLOP/s, \d+ % of that peak: VAE 784-400-20, batch 128, ", lines[step]);
        Assert.StartsWith("counted as 420 MFLOP", lines[step + 1], StringComparison.Ordinal);
        if (Processors.PhysicalCores > 1) Assert.Matches(@"^latency +\d+ ns from one thread to another and back", lines[step + 2]);
    }

    [Theory]
    [InlineData(2, 60, 118, 90.0, false, false)]
    [InlineData(2, 60, 118, 450.0, true, false)]
    [InlineData(2, 60, 118, 20_000.0, false, true)]
    [InlineData(2, 60, 61, 90.0, false, true)]
    [InlineData(1, 60, 60, null, false, false)]
    public void ABusyMachineIsNotTakenForOneWithoutASharedCache(int threads, double peakOfOne, double peak, double? roundTrip, bool sharesNoCache, bool isBusy)
    {
        string said = string.Join('\n', DoctorCommand.Speed(new MachineSpeed(threads, peakOfOne, peak, 0.003, roundTrip)).Select(finding => $"{finding.What} {finding.Found}"));
        Assert.Equal((sharesNoCache, isBusy), (said.Contains("share no cache", StringComparison.Ordinal), said.Contains("load the processors are busy with other work", StringComparison.Ordinal)));
    }

    [Fact]
    public void ItsNumbersAreTiedToEachOther()
    {
        JsonNode findings = JsonNode.Parse(Run("doctor", "--json", "--db", Path.Combine(Path.GetTempPath(), "not-there", "results.db")))!;
        JsonNode peak = findings["peak"]!, step = findings["step"]!;

        Assert.Equal(419.84, (double)step["mflop_by_formula"]!);
        Assert.Equal((double)step["mflop_by_formula"]! / (double)step["milliseconds"]!, (double)step["gflops"]!, 1e-9);   // 10⁶ ÷ 10⁻³ = 10⁹
        Assert.Equal((double)step["gflops"]! / (double)peak["gflops"]!, (double)step["share_of_peak"]!, 1e-9);
        Assert.InRange((double)peak["gflops_on_1_thread"]!, 1e-4, 1024);     // 4 multiply-adds of 16 lanes per cycle at 8 GHz
        Assert.InRange((int)peak["threads"]!, 1, Environment.ProcessorCount);
        if (Processors.PhysicalCores > 1) Assert.InRange((double)findings["latency"]!["nanoseconds"]!, 5, 1e8);      // light goes 1.5 m in 5 ns
    }

    [Fact]
    public void RepairStoresWhatDeadProcessesLeft()
    {
        using ResultsFolder results = new();
        string id;
        using (RunStore store = results.OpenStore())
            id = store.BeginRun(ResultsFolder.Run());
        Assert.StartsWith("nothing to repair", Run("doctor", "--repair", "--db", results.Path), StringComparison.Ordinal);

        // Same number, other start: the process is gone.
        results.Execute("update run set lease_process_start = lease_process_start - 1");
        RunJournal journal = new(results.Path, id);
        journal.Append(new FinishedEpoch(id, DateTimeOffset.UtcNow, ResultsFolder.Epoch(1, new MetricRecord("train", "loss", double.NaN))));
        JournalLine line = Assert.Single(journal.Read().Lines);
        File.WriteAllBytes(journal.FilePath, (line with { ProcessStart = line.ProcessStart - 1 }).ToBytes());
        Assert.Contains($"results of run {id} wait in its journal: runner doctor --repair", Run("doctor", "--db", results.Path), StringComparison.Ordinal);

        string[] said = Run("doctor", "--repair", "--db", results.Path).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal($"run {id}: stored from its journal: epoch 1; crashed, process {Environment.ProcessId} on {Environment.MachineName} ended without a word", said[0]);
        Assert.Equal($"next: runner resume {id} --db {results.Path}", said[1]);
        using RunQueries queries = RunQueries.Open(results.Path);
        Assert.Equal((RunStatus.Crashed, 1), (queries.Get(id).Run.Status, queries.Get(id).Run.EpochsDone));
        JsonNode json = JsonNode.Parse(Run("doctor", "--repair", "--json", "--db", results.Path))!;
        Assert.Empty(json["repaired"]!.AsArray());

        results.Execute("update run set status = 'running', finished_utc = null");
        Assert.Single(JsonNode.Parse(Run("doctor", "--repair", "--json", "--db", results.Path))!["repaired"]!.AsArray());
    }

    static string Run(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = CommandLine.Run(arguments, output, error);
        Assert.Equal((ExitCodes.Ok, ""), (exitCode, error.ToString()));
        return output.ToString();
    }
}
