namespace AeVae.Tests.Runner;

/// <summary>Fails as a bug of the program would, once, at the first line that contains a text.</summary>
sealed class FaultyWriter(string text) : StringWriter(System.Globalization.CultureInfo.InvariantCulture)
{
    bool _hasFailed;

    public override void WriteLine(string? value)
    {
        if (!_hasFailed && value?.Contains(text, StringComparison.Ordinal) == true)
        {
            _hasFailed = true;
            throw new InvalidOperationException("planted");
        }

        base.WriteLine(value);
    }
}
