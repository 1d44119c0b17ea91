using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;

namespace AeVae.Tracking.Sweeps;

/// <summary>Rows of sweeps, trials and claims; every call is made inside its caller's transaction.</summary>
sealed class SweepTables(SqliteConnection connection)
{
    // Seeds are 64 bits wide, more than many a JSON reader keeps of a number.
    static readonly JsonSerializerOptions OutlineJson = new(StoredValues.Json)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString,
    };

    public string Add(NewSweep sweep, string now)
    {
        string id;
        do
            id = RunId.New();
        while (connection.Scalar(Sql.HasSweep, ("$id", id)) is not null);
        connection.Execute(Sql.AddSweep, ("$id", id), ("$name", sweep.Name), ("$description", sweep.Description), ("$file", sweep.File), ("$yaml_text", sweep.YamlText),
            ("$method", sweep.Method), ("$plan_json", Json(sweep.Outline)), ("$metric", sweep.Metric), ("$now", now), ("$command_line", JsonSerializer.Serialize(sweep.CommandLine)));
        Add(id, sweep.Trials);
        return id;
    }

    public void Extend(string id, NewSweep sweep)
    {
        if (sweep.Trials is [var first, ..] && connection.Scalar(Sql.HasTrial, ("$sweep_id", id), ("$number", first.Number)) is not null)
            throw new RunTakenException($"another process extended sweep {id} meanwhile, so nothing was added. The same command again adds what is missing.");
        // Verdicts speak of the trials and claims that there were.
        bool isJudgedAnew = sweep.Trials.Count > 0 || !Outline(id, (string)connection.Scalar(Sql.PlanOfSweep, ("$id", id))!).Claims.SequenceEqual(sweep.Outline.Claims);
        connection.Execute(Sql.ExtendSweep, ("$id", id), ("$yaml_text", sweep.YamlText), ("$plan_json", Json(sweep.Outline)), ("$metric", sweep.Metric), ("$command_line", JsonSerializer.Serialize(sweep.CommandLine)));
        if (isJudgedAnew)
            connection.Execute(Sql.ForgetClaims, ("$sweep_id", id));
        Add(id, sweep.Trials);
    }

    public void SetRun(TrialKey trial, string runId)
    {
        (string, object?)[] key = [("$sweep_id", trial.SweepId), ("$number", trial.Number)];
        if (connection.Scalar(Sql.HasTrial, key) is null)
            throw new NoSuchRunException($"sweep {trial.SweepId} has no trial {trial.Number}, or no more");
        if (connection.Scalar(Sql.HasRun, ("$id", runId)) is null)
            throw new NoSuchRunException($"There is no run {runId} any more.");
        if (connection.Execute(Sql.SetRunOfTrial, [.. key, ("$run_id", runId), ("$run_before", trial.RunBefore)]) != 1)
            throw new RunTakenException($"trial {trial.Number} of sweep {trial.SweepId} was begun by another process meanwhile.");
    }

    public void Judge(string id, IReadOnlyList<ClaimVerdict> claims, string now)
    {
        connection.Execute(Sql.ForgetClaims, ("$sweep_id", id));
        foreach ((int i, ClaimVerdict claim) in claims.Index())
        {
            connection.Execute(Sql.AddClaim, ("$sweep_id", id), ("$number", i + 1), ("$text", claim.Text), ("$expression", claim.Expression),
                ("$verdict", claim.Outcome.Word()), ("$evidence", claim.Evidence),
                ("$seeds_json", JsonSerializer.Serialize(claim.Seeds.Select(Text))), ("$now", now));
        }
    }

    public FrozenTrial? Find(string sweepId, int number) => connection.Query(Sql.TrialOfSweep, row => Trial(sweepId, row), ("$sweep_id", sweepId), ("$number", number)) is [var found] ? found : null;

    public IReadOnlyList<SweepSummary> List() => connection.Query(Sql.Sweeps, Summary);

    public SweepDetail? Find(string id) => connection.Query(Sql.Sweep, row => new SweepDetail
    {
        Sweep = Summary(row),
        Description = row.Text(8),
        YamlText = row.GetString(9),
        Outline = Outline(id, row.GetString(10)),
        CommandLine = Understood("the command line", id, () => StoredValues.ToStrings(row.GetString(11))),
        Trials = connection.Query(Sql.TrialsOfSweep, trial => Trial(id, trial), ("$sweep_id", id)),
        Claims = connection.Query(Sql.ClaimsOfSweep, claim => Understood("a claim", id, () => Claim(claim)), ("$sweep_id", id)),
    }, ("$id", id)) is [var found] ? found : null;

    void Add(string id, IReadOnlyList<FrozenTrial> trials)
    {
        foreach (FrozenTrial trial in trials)
        {
            connection.Execute(Sql.AddTrial, ("$sweep_id", id), ("$number", trial.Number), ("$name", trial.Name), ("$variant", trial.Variant), ("$seed", Text(trial.Seed)),
                ("$parameters_json", Json(trial.Parameters)), ("$config_json", trial.ConfigJson), ("$config_sha256", trial.ConfigSha256));
        }
    }

    static SweepSummary Summary(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Name = row.GetString(1),
        File = row.GetString(2),
        Method = row.GetString(3),
        Metric = row.GetString(4),
        CreatedAt = StoredValues.ToTime(row.GetString(5)),
        Trials = row.GetInt32(6),
        Done = row.GetInt32(7),
    };

    SweepOutline Outline(string sweepId, string json) => Understood("the plan (plan_json)", sweepId, () => JsonSerializer.Deserialize<SweepOutline>(json, OutlineJson)!);

    FrozenTrial Trial(string sweepId, SqliteDataReader row) => Understood($"trial {row.GetInt32(0)}", sweepId, () => Trial(row));

    T Understood<T>(string what, string sweepId, Func<T> read) => ResultsFile.Understood(connection.DataSource, $"{what} in sweep {sweepId}", () =>
    {
        try
        {
            return read() ?? throw new FormatException("it is null");
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException(e.Message, e);    // JSON of another kind than is asked for
        }
    });

    static FrozenTrial Trial(SqliteDataReader row) => new()
    {
        Number = row.GetInt32(0),
        Name = row.GetString(1),
        Variant = row.Text(2),
        Seed = Seed(row.GetString(3)),
        Parameters = [.. JsonDocument.Parse(row.GetString(4)).RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.GetString()!))],
        ConfigJson = row.GetString(5),
        ConfigSha256 = row.GetString(6),
        RunId = row.Text(7),
        Status = row.Text(8) is { } status ? StoredValues.ToStatus(status) : RunStatus.Queued,
    };

    static ClaimVerdict Claim(SqliteDataReader row) => new()
    {
        Text = row.GetString(0),
        Expression = row.GetString(1),
        Outcome = Enum.Parse<ClaimOutcome>(row.GetString(2).Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
        Evidence = row.GetString(3),
        Seeds = [.. StoredValues.ToStrings(row.GetString(4)).Select(Seed)],
    };

    // A dictionary would forget the order.
    static string Json(IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        $"{{{string.Join(',', parameters.Select(parameter => $"{JsonSerializer.Serialize(parameter.Key, StoredValues.Json)}:{JsonSerializer.Serialize(parameter.Value, StoredValues.Json)}"))}}}";

    static string Json(SweepOutline outline) => JsonSerializer.Serialize(outline, OutlineJson);

    static string Text(ulong seed) => seed.ToString(CultureInfo.InvariantCulture);

    static ulong Seed(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
