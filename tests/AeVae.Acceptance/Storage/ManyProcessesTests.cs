using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit.Abstractions;

namespace AeVae.Acceptance.Storage;

public sealed class ManyProcessesTests(ITestOutputHelper figures) : IDisposable
{
    readonly RunnerProgram _runner = new();
    readonly ConcurrentQueue<(string Command, TimeSpan Time)> _reads = [];

    [Fact]
    public async Task WritersAtOnceLoseNothingAndReadersAreServedMeanwhile()
    {
        string experiment = _runner.WriteExperiment(StressSize.Epochs);
        using CancellationTokenSource done = new();
        var clock = Stopwatch.StartNew();
        Task<Finished>[] writers = [.. Enumerable.Range(0, StressSize.Writers).Select(_ => Task.Run(() => _runner.Run("run", experiment, "--threads", "1", "--no-report", "--quiet")))];
        Task[] readers = [.. Enumerable.Range(0, StressSize.Readers).Select(number => Task.Run(() => Read(number, done.Token)))];
        Finished[] finished = await Task.WhenAll(writers);
        TimeSpan elapsed = clock.Elapsed;
        done.Cancel();
        await Task.WhenAll(readers);

        Assert.All(finished, run => Assert.True(run.ExitCode == 0, run.ToString()));
        AssertNothingIsLost();
        Assert.Equal(["results.db"], Directory.GetFiles(_runner.Folder, "results.db*").Select(Path.GetFileName));
        Assert.Empty(Directory.GetFiles(Path.Combine(_runner.Folder, "runs"), "journal.jsonl", SearchOption.AllDirectories));
        Assert.Equal("ok", Database.Execute(_runner.Database, "pragma integrity_check"));

        figures.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{StressSize.Writers} writers × {StressSize.Epochs} epochs in {elapsed.TotalSeconds:F1} s, nothing lost, {new FileInfo(_runner.Database).Length / 1024:N0} KiB"));
        foreach (IGrouping<string, TimeSpan> reads in _reads.GroupBy(read => read.Command, read => read.Time))
        {
            TimeSpan[] times = [.. reads.Order()];
            figures.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times.Length} × {reads.Key} meanwhile: median {times[times.Length / 2].TotalSeconds:F2} s, slowest {times[^1].TotalSeconds:F2} s, from start to end of the program"));
        }
    }

    void Read(int number, CancellationToken done)
    {
        string reports = Path.Combine(_runner.Folder, $"report {number}");
        string[][] commands = [["list", "--all", "--json"], ["show", "@last", "--json"], ["report", "@last", "-o", reports]];
        while (!done.IsCancellationRequested)
        {
            foreach (string[] command in commands)
            {
                var clock = Stopwatch.StartNew();
                Finished read = _runner.Run(command);
                _reads.Enqueue((command[0], clock.Elapsed));
                Assert.True(read.ExitCode is 0 or 4, read.ToString());   // 4: before the first run
            }
        }
    }

    // All writers do the same with the same seed, so each must have what every other has, to the bit; but for its own speed and its own files.
    void AssertNothingIsLost()
    {
        using JsonDocument list = JsonDocument.Parse(_runner.Run("list", "--all", "--json").Output);
        string?[] ids = [.. list.RootElement.EnumerateArray().Select(run => run.GetProperty("id").GetString())];
        Assert.Equal(StressSize.Writers, ids.Length);
        Assert.All(list.RootElement.EnumerateArray(), run => Assert.Equal("completed", run.GetProperty("status").GetString()));
        string Rows(string? id, string table, string columns, string timed = "''") => (string)Database.Execute(_runner.Database,
            $"select group_concat(row, '\n') from (select {columns} as row from {table} where run_id = '{id}' and {timed} not in ('final_weights') order by 1)")!;
        string Everything(string? id) => string.Join('\n',
            Rows(id, "epoch", "epoch || parameters_sha256 || optimizer_sha256 || order_sha256"),
            Rows(id, "epoch_tensor", "epoch || tensor || sha256"),
            Rows(id, "metric", "epoch || split || name || quote(value) || quote(kind)", "name"),
            Rows(id, "metric_summary", "split || name || last_epoch || quote(last_value) || quote(best_value) || quote(min_value) || quote(max_value)", "name"),
            Rows(id, "artifact", "name || sha256 || kind", "name"));
        Assert.Equal((long)StressSize.Epochs, Database.Execute(_runner.Database, $"select count(*) from epoch where run_id = '{ids[0]}'"));
        Assert.Single(ids.Select(Everything).Distinct());
    }

    public void Dispose() => _runner.Dispose();
}
