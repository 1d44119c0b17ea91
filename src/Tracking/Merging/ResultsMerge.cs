using Microsoft.Data.Sqlite;

namespace AeVae.Tracking.Merging;

/// <summary>Brings what another results file knows into this one, within a transaction and with the other file attached as <c>other</c>.</summary>
/// <remarks>
/// Runs are told apart by their ids. Of a run that both files have, the common epochs must be equal to the bit, and their seals where both are completed; then the completed one is the later state of the same run, else the one with more epochs, else the one with the later heartbeat; but one that a process of this machine trains on here stays as it is.
/// Merging the same file again changes nothing.
/// </remarks>
sealed class ResultsMerge(SqliteConnection connection)
{
    // What belongs to a run and goes with it whole. Tags and verifications are joined, since either file may have some of its own.
    static readonly string[] Parts =
    [
        "run_param", "warning", "metric", "metric_summary", "epoch", "epoch_tensor", "artifact", "provenance", "provenance_environment", "provenance_package",
        "provenance_data_file", "provenance_experiment_file", "resumption",
    ];

    /// <summary>Merges another file into one that a writer has open, in one transaction.</summary>
    /// <exception cref="MergeRefusedException">The two tell different things; nothing was changed.</exception>
    /// <exception cref="StorageException">The file cannot be written; nothing was changed.</exception>
    public static MergeResult Into(string path, OtherFile other, Func<ResultsMerge, MergeResult> run) => ResultsFile.Guard(path, () =>
    {
        using SqliteConnection both = ResultsFile.OpenToAttach(path);
        other.AttachTo(both);
        MergeResult? result = null;
        try
        {
            both.InTransaction(() => result = run(new ResultsMerge(both)));
            return result!;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            throw other.Contradiction(e);
        }
    });

    /// <summary>Brings in this process's runs and their sweeps.</summary>
    public MergeResult RunOwn() => Run(connection.Texts(Sql.OtherRunsOfMine, Lease.Current.Columns), connection.Texts(Sql.OtherSweepsOfMine, Lease.Current.Columns));

    /// <summary>Brings in everything.</summary>
    public MergeResult Run() => Run(connection.Texts(Sql.OtherRuns), connection.Texts(Sql.OtherSweeps));

    /// <summary>Brings in some runs and sweeps; trials lose their runs that are neither here nor among them.</summary>
    public MergeResult Run(IReadOnlyList<string> runs, IReadOnlyList<string> sweeps)
    {
        connection.Execute(Sql.DeferForeignKeys);   // a verification names the run that executed it, which may come later
        Join("metric_definition");
        MergeResult result = new(new MergedIds(), new MergedIds(), Verdicts: 0);
        foreach (string id in runs)
        {
            Knowledge before = Run(id);
            result.Runs.Add(id, before);
            Join("tag", "run_id", id);
            int verdicts = connection.Execute(Sql.MergeVerifications, ("$id", id));
            if (before != Knowledge.Nothing)
                result = result with { Verdicts = result.Verdicts + verdicts };
            connection.Execute(Sql.JudgeRun, ("$run_id", id));
        }

        foreach (string id in runs)
            connection.Execute(Sql.ForgetMissingVerifiers, ("$id", id));
        HashSet<string> taken = [.. result.Runs.Added, .. result.Runs.Updated];
        foreach (string id in sweeps)
            result.Sweeps.Add(id, Sweep(id, taken));
        return result;
    }

    Knowledge Run(string id)
    {
        (string, object?) run = ("$id", id);
        if (connection.Scalar(Sql.HasRun, run) is null)
        {
            Add(id);
            return Knowledge.Nothing;
        }

        if (connection.Query(Sql.FirstOtherEpoch, row => (row.GetInt32(0), row.GetString(1)), run) is [var (epoch, what)])
            throw new MergeRefusedException($"run {id} is another run there: {(epoch == 0 ? what : $"{what} of epoch {epoch} differs")}. Nothing was merged. `runner verify {id}` tells, in each file (--db), whether it was changed there.");
        if (connection.Scalar(Sql.HasOtherSeal, run) is not null)
            throw new MergeRefusedException($"run {id} is completed in both files, but sealed with other contents there: it was completed twice, or changed and sealed anew. Nothing was merged. `runner verify {id}` tells, in each file (--db), whether it was changed there.");
        switch (connection.Scalar(Sql.WhichIsLater, run, ("$host", Lease.Current.Host)))
        {
            case > 0L:
                Replace(id);
                return Knowledge.Less;
            case 0L:
                return Knowledge.Same;
            default:
                return Knowledge.More;
        }
    }

    void Add(string id)
    {
        connection.Execute(Sql.MergeExperiment, ("$id", id));
        Copy("run", "id", id, ("experiment_id", Sql.MergedExperimentId));
        foreach (string part in Parts)
            Copy(part, "run_id", id);
    }

    /// <summary>Takes the other file's state of a run.</summary>
    void Replace(string id)
    {
        (string, object?) run = ("$id", id);
        foreach (string part in Parts.Reverse())
            connection.Execute($"delete from main.{part} where run_id = $id", run);
        string columns = string.Join(", ", Columns("run").Where(column => column is not ("id" or "experiment_id" or "verification")).Select(column => column == "note" ? "note = coalesce(main.run.note, o.note)" : $"{column} = o.{column}"));
        connection.Execute($"update main.run set {columns} from other.run o where o.id = $id and main.run.id = $id", run);
        foreach (string part in Parts)
            Copy(part, "run_id", id);
    }

    Knowledge Sweep(string id, HashSet<string> takenRuns)
    {
        (string, object?) sweep = ("$id", id);
        bool isNew = connection.Scalar(Sql.HasSweep, sweep) is null;
        int changes = 0;
        if (isNew)
            Copy("sweep", "id", id);
        else if (connection.Scalar(Sql.FirstOtherTrial, sweep) is long number)
            throw new MergeRefusedException($"sweep {id} has another trial {number} there. Nothing was merged: it was extended in both files, or one of them was edited. Extend a sweep in one file only, and merge before.");
        else
            changes += connection.Execute(Sql.MergeExtension, sweep);
        changes += Join("trial", "sweep_id", id);
        bool isWhole = connection.Execute(Sql.ForgetMissingRuns, sweep) == 0;
        changes += connection.Execute(Sql.MergeRunsOfTrials, sweep);
        changes += connection.Texts(Sql.RunsOfTrials, sweep).Count(takenRuns.Contains);
        if (isNew && isWhole)
            Join("claim", "sweep_id", id);
        else if (changes > 0)
            connection.Execute(Sql.ForgetClaims, ("$sweep_id", id));   // neither file has judged what is here now
        return isNew ? Knowledge.Nothing : changes > 0 ? Knowledge.Less : Knowledge.Same;
    }

    void Copy(string table, string key, string id, params (string Column, string Expression)[] instead)
    {
        // Rows of these are only numbered within their file.
        List<string> columns = [.. Columns(table).Where(column => column != "id" || key == "id")];
        IEnumerable<string> values = columns.Select(column => instead.FirstOrDefault(replaced => replaced.Column == column).Expression ?? $"o.{column}");
        connection.Execute($"insert into main.{table} ({string.Join(", ", columns)}) select {string.Join(", ", values)} from other.{table} o where o.{key} = $id", ("$id", id));
    }

    // Rows that have the same key here already stay as they are.
    int Join(string table, string? key = null, string? id = null)
    {
        string columns = string.Join(", ", Columns(table));   // a migrated file may have them in another order
        return connection.Execute($"insert or ignore into main.{table} ({columns}) select {columns} from other.{table}{(key is null ? "" : $" where {key} = $id")}", ("$id", id));
    }

    List<string> Columns(string table) => connection.Texts(Sql.Columns, ("$table", table));
}
