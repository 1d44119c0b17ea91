using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Specs;
using AeVae.Tests.Models;
using AeVae.Tests.Tracking;
using AeVae.Tracking;
using Microsoft.Data.Sqlite;
using Serilog.Events;

namespace AeVae.Tests.Runner.Resuming;

/// <summary>A folder with a results file, in which runs of a small experiment are trained, stopped at will and resumed.</summary>
sealed class RunLaboratory(string experiment) : IDisposable
{
    readonly ExperimentSpec spec = SpecReader.ReadText("laboratory", experiment).Spec ?? throw new ArgumentException(string.Join('\n', SpecReader.ReadText("laboratory", experiment).Problems));

    public string Folder { get; } = Directory.CreateTempSubdirectory("aevae laboratory ").FullName;

    public string Database => Path.Combine(Folder, "results.db");

    /// <summary>Done with the folder of a run when an epoch is stored, but before its checkpoint is begun.</summary>
    public Action<RunFolder, int>? WhenStored { get; set; }

    /// <summary>What the last run said to people.</summary>
    public IReadOnlyList<string> Said { get; private set; } = [];

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public RunFolder FolderOf(string runId) => new(Database, runId);

    /// <summary>Trains a new run.</summary>
    /// <param name="stop">Where it is stopped; null to let it end.</param>
    public string Begin(Stop? stop = null) => Work(stop, null);

    /// <summary>Goes on with it.</summary>
    public void Resume(string runId, Stop? stop = null) => Work(stop, runId);

    public StoredRun Stored(string runId)
    {
        using RunQueries queries = RunQueries.Open(Database);
        return StoredRun.Read(queries, runId);
    }

    public IReadOnlyList<string> Bits(string runId) => StoredBits.Of(Database, runId);

    public void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    string Work(Stop? stop, string? runId)
    {
        using CancellationTokenSource cancellation = new();
        View view = new(stop, cancellation, (run, epoch) => WhenStored?.Invoke(FolderOf(run), epoch));
        RunRequest request = new() { Spec = spec, File = "laboratory.yaml", YamlText = experiment, Threads = 1, CommandLine = ["runner"] };
        using RunStore store = RunStore.Open(Database);
        try
        {
            RunExecution execution = new(request, SmallData.Splits(), store, Database, Folder, view);
            return runId is null ? execution.Execute(cancellation.Token).RunId : execution.Resume(Stored(runId), cancellation.Token).RunId;
        }
        catch (StorageException) when (view.IsKilled)
        {
            // As if the process were gone: nobody has its number and its start time.
            Execute("update run set lease_process_start = lease_process_start - 1 where status = 'running'");
            return view.RunId;
        }
        finally
        {
            Said = view.Said;
        }
    }

    sealed class View(Stop? stop, CancellationTokenSource cancellation, Action<string, int> whenStored) : IRunView, IProgress<double>
    {
        public string RunId { get; private set; } = "";

        public bool IsKilled { get; private set; }

        public List<string> Said { get; } = [];

        public IProgress<double> Evaluating => this;

        public void Started(RunStart start, Trainer trainer) => RunId = start.RunId;

        public void EpochFinished(EpochResult result)
        {
            whenStored(RunId, result.Epoch);
            StopAt(result.Epoch);
        }

        public void Log(LogEventLevel level, string message)
        {
            if (level >= LogEventLevel.Warning)
                Said.Add(message);
        }

        public void Ended(RunOutcome outcome, ReportResult? report)
        {
        }

        public void Report(double value) => StopAt(Stop.InFinalEvaluation);

        public void Dispose()
        {
        }

        void StopAt(int epoch)
        {
            if (stop?.AfterEpoch != epoch)
                return;
            if (stop.ByKill)
            {
                // It passes through the execution without a word to the results file.
                IsKilled = true;
                throw new StorageException("killed");
            }

            cancellation.Cancel();
        }
    }
}

/// <summary>Where a run is stopped: when the epoch is stored, but before its checkpoint is begun.</summary>
/// <param name="AfterEpoch">The epoch, or <see cref="InFinalEvaluation"/>.</param>
/// <param name="ByKill">By kill −9; else by Ctrl-C.</param>
sealed record Stop(int AfterEpoch, bool ByKill)
{
    public const int InFinalEvaluation = -1;
}
