using AeVae.Data;
using AeVae.Models;
using AeVae.Runner.Execution;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;
using AeVae.Tests.Tracking;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;
using Serilog.Events;

namespace AeVae.Tests.Runner.Sweeps;

/// <summary>A trial is made by the program that its sweep was started with, from the frozen list: what is edited or committed meanwhile is not its code, and taints nothing.</summary>
public sealed class TrialProvenanceTests : IDisposable
{
    readonly SweepLaboratory _laboratory = new();
    readonly GitFolder _git = new();

    public void Dispose()
    {
        _laboratory.Dispose();
        _git.Dispose();
    }

    [Fact]
    public void WhatIsCommittedOrEditedMeanwhileIsNotItsCode()
    {
        _git.CommitOneFile();
        _git.Write("small.yaml", "seed: 7");
        string commit = Head(), file = Path.Combine(_git.Folder, "small.yaml");
        SpecText read = new(file, "seed: 7", IsPipe: false);
        SweepDetail sweep;
        using (RunStore store = RunStore.Open(_laboratory.Database))
            store.BeginSweep(FrozenPlan.Of(SweepLaboratory.Plan(1e-3, 2e-3), file, read.Text, ["runner", "sweep", file]));
        sweep = _laboratory.Sweep();
        SweepOrder order = new() { Parallel = 1, Threads = 1, CommandLine = ["runner", "sweep", file], WritesReport = false };
        int edits = 0;
        SweepExecution execution = new(new SweepRequest(sweep, [read], order), data => new SplitLoader(new DataFolder(_laboratory.Folder)).Load(data), _laboratory.Globals() with { ProjectRoot = _git.Folder }, new EditingView(() =>
        {
            _git.Write("small.yaml", $"# edit {++edits}");
            _git.Write("model.cs", $"// edit {edits}");
            _git.Commit();
        }));
        execution.Execute(CancellationToken.None);

        Assert.NotEqual(commit, Head());
        using RunQueries queries = RunQueries.Open(_laboratory.Database);
        RunDetail[] runs = [.. _laboratory.Sweep().Trials.Select(trial => queries.Get(trial.RunId!))];
        Assert.All(runs, run => Assert.Equal((RunStatus.Completed, commit, null), (run.Run.Status, run.Provenance!.GitCommit, run.Run.TaintedReason)));
        Assert.Single(runs.Select(run => Assert.Single(run.Provenance!.ExperimentFiles).Sha256).Distinct());
    }

    string Head() => _git.Run("rev-parse", "HEAD").Trim();

    /// <summary>Does something whenever a trial begins.</summary>
    sealed class EditingView(Action edit) : ISweepView
    {
        public void TrialStarted(FrozenTrial trial, RunStart start, Trainer trainer) => edit();

        public void TrialEnded(TrialOutcome outcome) => Assert.Null(outcome.Reason);

        public void Log(FrozenTrial trial, LogEventLevel level, string message)
        {
        }

        public void Ended(SweepEnd end)
        {
        }
    }
}
