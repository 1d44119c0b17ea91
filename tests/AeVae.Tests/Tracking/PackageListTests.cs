using AeVae.Tracking;

namespace AeVae.Tests.Tracking;

public sealed class PackageListTests : IDisposable
{
    readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("")]
    [InlineData("{\"libraries\": {\"Package/1.2.3\": {\"type\": \"pack")]
    [InlineData("[]")]
    [InlineData("{\"libraries\": {\"Package\": {\"type\": \"package\"}}}")]
    public void AListThatABuildIsWritingIsReadAgainUntilItIsWhole(string halfWritten)
    {
        PackageList list = new(_file);
        File.WriteAllText(_file, halfWritten);
        Assert.Empty(list.Read());
        Assert.Equal(_file, list.Unread);

        File.WriteAllText(_file, "{\"libraries\": {\"Package/1.2.3\": {\"type\": \"package\"}, \"runner/1.0\": {\"type\": \"project\"}}}");
        Assert.Equal([new("Package", "1.2.3")], list.Read());
        Assert.Null(list.Unread);

        File.WriteAllText(_file, halfWritten);
        Assert.Equal([new("Package", "1.2.3")], list.Read());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void AProgramWithoutAListLacksNothing(string? file)
    {
        PackageList list = new(file);
        Assert.Empty(list.Read());
        Assert.Null(list.Unread);
    }
}
