using AeVae.Reports.Runs;
using AeVae.Runner.Commands;
using AeVae.Tests.Reports;
using AeVae.Tracking;
using Microsoft.Data.Sqlite;

namespace AeVae.Tests.Runner;

/// <summary>Commands as a user types them, on a results file in a temporary folder.</summary>
public abstract class CommandTest : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("aevae-command-").FullName;

    protected string Database => Path.Combine(Folder, "results.db");

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected string[] Store(RunData[] runs)
    {
        using RunStore store = RunStore.Open(Database);
        return [.. runs.Select(run => store.Add(run))];
    }

    /// <summary>Does with the results file what no command would.</summary>
    /// <returns>Rows that changed.</returns>
    protected int Execute(string sql) => Sql(sql, command => command.ExecuteNonQuery());

    /// <summary>The first value that a statement gives; empty when none.</summary>
    protected string Query(string sql) => Sql(sql, command => command.ExecuteScalar()?.ToString() ?? "");

    protected (int ExitCode, string Output, string Error) Run(params string[] arguments) => RunOn(Database, arguments);

    protected static (int ExitCode, string Output, string Error) RunOn(string database, params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        return (CommandLine.Run([.. arguments, "--db", database], output, error), output.ToString(), error.ToString());
    }

    T Sql<T>(string text, Func<SqliteCommand, T> run)
    {
        using SqliteConnection connection = new($"Data Source={Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        return run(command);
    }
}
