using System.Text;

namespace AeVae.Runner.Views;

/// <summary>Standard output or standard error, which may be closed, full or a terminal that is gone: after the first write that fails nothing more is written, and no write throws.</summary>
sealed class ConsoleWriter : TextWriter
{
    readonly TextWriter inner;

    ConsoleWriter(TextWriter inner)
        : base(inner.FormatProvider) => this.inner = inner;

    /// <summary>Why it cannot be written; null while it can.</summary>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>Guards a writer; one that is guarded stays as it is.</summary>
    public static ConsoleWriter Guard(TextWriter writer) => writer as ConsoleWriter ?? new(writer);

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    void Try(Action write)
    {
        if (Problem is not null)
            return;
        try
        {
            write();
        }
        catch (IOException e)
        {
            Problem = e.Message;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or ObjectDisposedException)
        {
            Problem = "it is closed";
        }
    }
}
