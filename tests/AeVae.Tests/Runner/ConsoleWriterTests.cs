using AeVae.Runner.Commands;
using AeVae.Runner.Invocation;
using AeVae.Runner.Views;

namespace AeVae.Tests.Runner;

public sealed class ConsoleWriterTests
{
    [Fact]
    public void AfterTheFirstFailureNothingIsWritten()
    {
        using BoundedWriter inner = new(room: 1, new IOException("full"));
        using var writer = ConsoleWriter.Guard(inner);
        writer.WriteLine("first");
        Assert.Null(writer.Problem);
        writer.WriteLine("second");
        inner.Room = 9;
        writer.WriteLine("third");
        Assert.Equal(("first\n", "full"), (inner.ToString(), writer.Problem));
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    [InlineData(typeof(ObjectDisposedException))]
    public void AnOutputThatCannotBeWrittenIsNamed(Type kind)
    {
        using BoundedWriter output = new(room: 0, kind == typeof(ObjectDisposedException) ? new ObjectDisposedException("stream") : (Exception)Activator.CreateInstance(kind)!);
        using StringWriter error = new() { NewLine = "\n" };
        Assert.Equal(ExitCodes.Storage, CommandLine.Run(["schema"], output, error));
        Assert.StartsWith("error: standard output cannot be written: ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ABugOfTheWriterIsNotHidden()
    {
        using var writer = ConsoleWriter.Guard(new FaultyWriter("x"));
        Assert.Throws<InvalidOperationException>(() => writer.WriteLine("x"));
    }

    sealed class BoundedWriter(int room, Exception problem) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
    {
        public int Room { get; set; } = room;

        public override void WriteLine(string? value) => Write(value + "\n");

        public override void Write(string? value)
        {
            if (Room-- <= 0)
                throw problem;
            base.Write(value);
        }
    }
}
