"""What makes the pages an application: the manifest, the service worker, the page without a net."""
